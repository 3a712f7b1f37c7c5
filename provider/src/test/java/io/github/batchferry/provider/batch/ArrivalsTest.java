package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.provider.cli.output.ArrivingResponses;
import io.github.batchferry.provider.cli.output.ResponsesFile;
import io.github.batchferry.provider.cli.output.ResponsesPlace;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses that are given out while the run goes on, on a simulated clock. */
class ArrivalsTest {
    private static final long RUN = 1001;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final List<String> given = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals(this::take);
    private final Map<String, byte[]> parts = new HashMap<>();

    private World world;
    private Repository git;
    private FakeDispatch dispatch;
    private List<RequestLine> requests;
    private BatchId id;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
        git = new Repository();
        world.github.onDispatch(sent -> dispatch = sent);
    }

    @Test
    void everyResponseIsGivenOutOnceAndAsSoonAsItsCheckpointIsHeardOf() throws Exception {
        submit(5, World.TARGET);
        checkpointAfter(1, 0, 4, 1);
        checkpointAfter(2, 1, 3);
        completeAfter(3, 2, 0, 2);

        watchAndCollect();

        assertThat(given).containsExactly("1 r4", "1 r1", "2 r3", "3 r0", "3 r2");
        assertThat(Files.readAllLines(world.client().collect(id).responses()).stream()
                        .map(ArrivalsTest::customId))
                .as("the journal stays in request order")
                .containsExactly("r0", "r1", "r2", "r3", "r4");
    }

    @Test
    void whatIsDoubleUnknownOrCutOffIsLeftToCollecting() throws Exception {
        submit(3, World.TARGET);
        byte[] whole = FakeRunner.lines(dispatch, List.of(requests.get(2), requests.get(0)));
        byte[] stranger = new String(FakeRunner.lines(dispatch, requests.subList(0, 1)), UTF_8)
                .replace("r0", "nobody")
                .getBytes(UTF_8);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(stranger);
        part.write(whole, 0, whole.length - 20);
        world.time.after(MINUTE, () -> push(0, part.toByteArray()));
        checkpointAfter(2, 1, 2, 1);
        completeAfter(3, 2, 0);

        world.client().watch(id, Optional.empty(), Optional.of(arrivals));

        assertThat(given).containsExactly("1 r2", "2 r1");
    }

    @Test
    void shardsAreHeardOneByOneHoweverManyThereAre() throws Exception {
        submit(12, sharded(12));
        for (int shard = 0; shard < 12; shard++) {
            int number = shard;
            world.time.after(MINUTE.plusSeconds(shard), () -> pushShard(number, 12));
        }
        completeAfter(5, 0, IntStream.range(0, 12).toArray());

        watchAndCollect();

        assertThat(given).hasSize(12).allMatch(word -> word.startsWith("1 ")).doesNotHaveDuplicates();
    }

    @Test
    void aFetchThatFailsEndsNothingAndLosesNothing() throws Exception {
        submit(4, World.TARGET);
        git.failures = 1;
        checkpointAfter(1, 0, 3);
        checkpointAfter(2, 1, 1);
        completeAfter(3, 2, 0, 2);

        watchAndCollect();

        assertThat(given).containsExactly("2 r3", "2 r1", "3 r0", "3 r2");
    }

    @Test
    void whatAnotherRunLeftOnTheBranchIsNotBelieved() throws Exception {
        submit(2, World.TARGET);
        world.time.after(MINUTE, () -> push(0, lines(0), State.RUNNING, RUN - 1));
        world.time.after(MINUTE.multipliedBy(2), () -> world.github.finish(RUN, "failure"));

        world.client().watch(id, Optional.empty(), Optional.of(arrivals));

        assertThat(given).isEmpty();
        assertThat(git.fetches).isZero();
    }

    @Test
    void aBranchOfManyPartsIsFetchedOnlyOnceItHasGrown() throws Exception {
        submit(100, World.TARGET);
        for (int part = 0; part < 100; part++) {
            int number = part;
            world.time.after(MINUTE.multipliedBy(part + 1L).dividedBy(4), () -> push(number, lines(number)));
        }
        completeAfter(29, 100);

        watchAndCollect();

        assertThat(given).hasSize(100).doesNotHaveDuplicates();
        assertThat(git.fetches).isLessThan(40);
    }

    @Test
    void theBranchIsReadWhereTheResponsesAreToComeAsAnArtifactToo() throws Exception {
        submit(2, World.TARGET.withHandover(new Handover(true, false)));
        checkpointAfter(1, 0, 1);
        completeAfter(2, 1, 0);

        watchAndCollect();

        assertThat(given).containsExactly("1 r1", "2 r0");
    }

    @Test
    void whoeverResumesIsGivenAllOfThemAgain() throws Exception {
        submit(2, World.TARGET);
        checkpointAfter(1, 0, 1);
        world.client().watch(id, Optional.of(Duration.ofMinutes(2)), Optional.of(arrivals));
        given.clear();
        completeAfter(1, 1, 0);

        Arrivals anew = new Arrivals(this::take);
        client().resume(id, Optional.empty(), Optional.of(anew));
        anew.rest(world.client().collect(id).responses());

        assertThat(given).extracting(word -> word.split(" ")[1]).containsExactly("r1", "r0");
    }

    @Test
    void withoutACheckpointTheyAllComeAtTheEnd() throws Exception {
        submit(3, World.TARGET);
        completeAfter(1, 0, 2, 1, 0);

        watchAndCollect();

        assertThat(given).containsExactly("1 r0", "1 r1", "1 r2");
    }

    @Test
    void whatOneRunGaveTheNextDoesNotGiveAgain() throws Exception {
        submit(3, World.TARGET);
        checkpointAfter(1, 0, 2);
        world.time.after(MINUTE.multipliedBy(2), () -> {
            push(1, lines(0), State.PAUSED, RUN);
            world.github.finish(RUN, "success");
        });
        world.github.onDispatch(next -> {
            dispatch = next;
            parts.put(BatchFiles.responsesPart(0, 2), lines(1));
            world.runner.pushComplete(next, parts);
            world.github.finish(next.runId(), "success");
        });

        watchAndCollect();

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(given).extracting(word -> word.split(" ")[1]).containsExactly("r2", "r0", "r1");
    }

    @Test
    void theFileGrowsWhileTheRunGoesOn() throws Exception {
        submit(3, World.TARGET);
        Path file = folder.resolve("answers.jsonl");
        Files.writeString(file, "what an earlier run left\n");
        ArrivingResponses place = ArrivingResponses.to(new ResponsesFile("answers.jsonl", file));
        checkpointAfter(1, 0, 2);
        List<String> meanwhile = new ArrayList<>();
        world.time.after(MINUTE.plusSeconds(40), () -> meanwhile.addAll(lines(file)));
        completeAfter(2, 1, 0, 1);

        client().watch(id, Optional.empty(), place.arrivals(() -> {}));
        Path responses = world.client().collect(id).responses();

        assertThat(meanwhile).extracting(ArrivalsTest::customId).containsExactly("r2");
        assertThat(place.take(responses)).contains("answers.jsonl");
        assertThat(lines(file)).extracting(ArrivalsTest::customId).containsExactly("r2", "r0", "r1");
        assertThat(lines(file)).containsExactlyInAnyOrderElementsOf(lines(responses));
    }

    @Test
    void onStandardOutputEachIsFlushedAndNothingElseIsWrittenIntoIt() throws Exception {
        submit(2, World.TARGET);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out), false, UTF_8);
        ArrivingResponses place = ArrivingResponses.to(new ResponsesPlace.Stream(buffered));
        List<String> cleared = new ArrayList<>();
        checkpointAfter(1, 0, 1);
        completeAfter(2, 1, 0);

        client().watch(id, Optional.empty(), place.arrivals(() -> cleared.add(out.toString(UTF_8))));
        String first = new String(lines(1), UTF_8);

        assertThat(out.toString(UTF_8)).isEqualTo(first);
        assertThat(place.take(world.client().collect(id).responses())).contains("-");
        assertThat(out.toString(UTF_8)).isEqualTo(first + new String(lines(0), UTF_8));
        assertThat(cleared).as("called before each is written").containsExactly("", first);
    }

    @Test
    void aReaderThatIsGoneEndsTheWritingAndNotTheWait() throws Exception {
        submit(2, World.TARGET);
        PrintStream closed = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        closed.close();
        ArrivingResponses place = ArrivingResponses.to(new ResponsesPlace.Stream(closed));
        checkpointAfter(1, 0, 1);
        completeAfter(2, 1, 0);

        assertThat(client().watch(id, Optional.empty(), place.arrivals(() -> {}))
                        .over())
                .isTrue();
        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.complete()).isTrue();
        assertThatThrownBy(() -> place.take(collected.responses()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write responses to standard output: nobody reads it any more, or its disk is full");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void submit(int count, Target target) throws Exception {
        id = world.client().submit(World.requests(count), target, false).batch();
        requests = world.runner.requests(dispatch);
        world.github.setStatus(RUN, "in_progress");
    }

    private void watchAndCollect() throws Exception {
        assertThat(client().watch(id, Optional.empty(), Optional.of(arrivals)).over())
                .isTrue();
        arrivals.rest(world.client().collect(id).responses());
    }

    private JournaledBatches client() {
        return world.client(
                world.time,
                connection -> new RunnerConnection(
                        connection.actions(), connection.repository(), git, connection.workflow()));
    }

    private void checkpointAfter(int minutes, int part, int... answered) {
        world.time.after(MINUTE.multipliedBy(minutes), () -> push(part, lines(answered)));
    }

    private void completeAfter(int minutes, int part, int... answered) {
        world.time.after(MINUTE.multipliedBy(minutes), () -> {
            if (answered.length > 0) {
                parts.put(BatchFiles.responsesPart(0, part), lines(answered));
            }
            world.runner.pushComplete(dispatch, parts);
            world.github.finish(RUN, "success");
        });
    }

    private byte[] lines(int... answered) {
        return FakeRunner.lines(
                dispatch, IntStream.of(answered).mapToObj(requests::get).toList());
    }

    private void push(int part, byte[] lines) {
        push(part, lines, State.RUNNING, RUN);
    }

    private void push(int part, byte[] lines, State state, long run) {
        parts.put(BatchFiles.responsesPart(0, part), lines);
        Map<String, byte[]> files = new HashMap<>(parts);
        files.put(BatchFiles.PROGRESS, progress(Shard.WHOLE, state, run));
        world.runner.push(dispatch, files);
    }

    private void pushShard(int number, int shards) {
        Shard shard = new Shard(number, shards);
        world.git.put(
                new BranchName(BatchFiles.shardBranch(World.TARGET.resultsPrefix(), id, shard)),
                Map.of(
                        BatchFiles.responsesPart(number, 0),
                        lines(number),
                        BatchFiles.PROGRESS,
                        progress(shard, State.RUNNING, RUN)));
    }

    private byte[] progress(Shard shard, State state, long run) {
        return new RunProgress(
                        id,
                        shard,
                        1,
                        requests.size(),
                        state,
                        Optional.empty(),
                        TestTime.START,
                        world.time.instant(),
                        Optional.empty(),
                        run,
                        1,
                        0)
                .toJson()
                .toByteArray();
    }

    private void take(byte[] line) {
        given.add(world.time.elapsed().toMinutes() + " " + customId(new String(line, UTF_8)));
    }

    private static String customId(String line) {
        try {
            return ResponseLineCodec.read(line.getBytes(UTF_8)).customId().value();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Target sharded(int shards) {
        return new Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                World.TARGET.workflow(),
                Optional.empty(),
                World.TARGET.resultsPrefix(),
                Optional.empty(),
                World.TARGET.timeout(),
                Optional.empty(),
                Optional.empty(),
                new Spread(OptionalInt.of(shards), OptionalInt.empty(), Continuation.CLIENT),
                Optional.empty());
    }

    /** Counts how often a whole branch is fetched, and fails when it should. */
    private final class Repository implements GitRemote {
        // Mutable state
        private int fetches;
        private int failures;

        @Override
        public Optional<String> head(BranchName branch) throws GitException {
            return world.git.head(branch);
        }

        @Override
        public Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
            if (failures > 0) {
                failures--;
                throw new GitException("cannot reach the server");
            }
            fetches++;
            return world.git.fetch(branch);
        }

        @Override
        public Optional<BranchSnapshot> fetchSmallFiles(BranchName branch) throws GitException {
            return world.git.fetch(branch);
        }

        @Override
        public BranchWriter write(BranchName branch) throws GitException {
            return world.git.write(branch);
        }

        @Override
        public BranchWriter create(BranchName branch) throws GitException {
            return world.git.create(branch);
        }

        @Override
        public void delete(BranchName branch) throws GitException {
            world.git.delete(branch);
        }
    }
}
