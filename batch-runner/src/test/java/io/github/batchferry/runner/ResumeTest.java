package io.github.batchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.publish.WorkDirectory;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed process leaves files behind; the next one asks for nothing they hold. */
class ResumeTest {
    private static final List<String> REQUESTS = IntStream.range(0, 6)
            .mapToObj(i -> TestJob.echo("r-" + i, "text " + i))
            .toList();

    @TempDir
    Path folder;

    /** The bytes of a part with the responses to the first requests, as a run wrote it, marked as already paid. */
    private byte[] paidPart(String where, List<String> requests) throws IOException {
        TestJob earlier = new TestJob(folder.resolve(where)).requests(requests);
        earlier.run();
        String part = new String(
                earlier.remote()
                        .read(TestJob.RESULTS, "responses-000-0000.jsonl")
                        .orElseThrow(),
                StandardCharsets.UTF_8);
        return part.replace("\"attempts\":1", "\"attempts\":99").getBytes(StandardCharsets.UTF_8);
    }

    private Path workFolder(TestJob job) throws IOException {
        BatchManifest manifest = TestJob.manifest(TestJob.bytes(REQUESTS));
        Path left;
        try (WorkDirectory work = WorkDirectory.open(job.workspace(), manifest, Shard.WHOLE)) {
            left = work.folder();
        }
        // an empty one goes when it is closed
        Files.createDirectories(left.resolve("left-over"));
        return left;
    }

    private static void assertComplete(TestJob job) {
        assertThat(job.responses())
                .extracting(r -> r.customId().value())
                .containsExactlyInAnyOrder("r-0", "r-1", "r-2", "r-3", "r-4", "r-5");
        BatchSummary summary = job.summary().orElseThrow();
        assertThat(summary.total()).isEqualTo(6);
        for (BatchSummary.Part part : summary.parts()) {
            byte[] bytes = job.remote().read(TestJob.RESULTS, part.name()).orElseThrow();
            assertThat(part.sha256()).isEqualTo(Sha256.of(bytes));
            assertThat(part.bytes()).isEqualTo(bytes.length);
            assertThat(part.lines()).isEqualTo(TestJob.responses(bytes).size());
        }
    }

    private static long paid(TestJob job) {
        return job.responses().stream().filter(r -> r.attempts() == 99).count();
    }

    @Test
    void beingKilledAtAnyByteOfTheOpenPartLosesAtMostTheLineBeingWritten() throws IOException {
        byte[] whole = paidPart("earlier", REQUESTS);
        // every line end, and places before, after and within lines
        int[] cuts = IntStream.range(0, whole.length + 1)
                .filter(i -> i % 97 == 0 || i == whole.length || whole[Math.max(0, i - 1)] == '\n' || whole[i] == '\n')
                .toArray();
        for (int cut : cuts) {
            TestJob job = new TestJob(folder.resolve("cut-" + cut)).requests(REQUESTS);
            byte[] left = Arrays.copyOf(whole, cut);
            Files.write(workFolder(job).resolve("responses-000-0000.jsonl"), left);

            assertThat(job.run()).as("cut at %d: %s", cut, job.printed()).isEqualTo(ExitCode.OK);

            assertComplete(job);
            assertThat(paid(job)).as("cut at %d", cut).isEqualTo(wholeLines(left));
        }
        assertThat(cuts).hasSizeGreaterThan(20);
    }

    /** A line that lacks nothing but its line feed is whole. */
    private static long wholeLines(byte[] left) {
        String text = new String(left, StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.endsWith("\"model\":\"echo-1\"}"))
                .count();
    }

    @Test
    void goesOnFromTheBranchAndKeepsItsParts() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] first = paidPart("earlier", REQUESTS.subList(0, 2));
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0000.jsonl", first));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(paid(job)).isEqualTo(2);
        assertThat(job.remote().read(TestJob.RESULTS, "responses-000-0000.jsonl"))
                .contains(first);
        assertThat(job.summary().orElseThrow().parts())
                .extracting(BatchSummary.Part::name)
                .containsExactly("responses-000-0000.jsonl", "responses-000-0001.jsonl");
    }

    @Test
    void overwritesNoPartOfTheBranchEvenIfSomeAreMissing() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] first = paidPart("first", REQUESTS.subList(0, 2));
        byte[] later = paidPart("later", REQUESTS.subList(2, 4));
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0001.jsonl", first, "responses-000-0012.jsonl", later));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(paid(job)).isEqualTo(4);
        assertThat(job.summary().orElseThrow().parts())
                .extracting(BatchSummary.Part::name)
                .containsExactly("responses-000-0001.jsonl", "responses-000-0012.jsonl", "responses-000-0013.jsonl");
    }

    @Test
    void ignoresACutLastLineOnTheBranch() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] first = paidPart("earlier", REQUESTS.subList(0, 3));
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0000.jsonl", Arrays.copyOf(first, first.length - 20)));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.summary().orElseThrow().total()).isEqualTo(6);
        assertThat(job.summary().orElseThrow().parts().get(0).lines()).isEqualTo(2);
    }

    @Test
    void takesFromTheMachineOnlyWhatIsNotOnTheBranch() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] two = paidPart("two", REQUESTS.subList(0, 2));
        byte[] four = paidPart("four", REQUESTS.subList(0, 4));
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0000.jsonl", two));
        Files.write(workFolder(job).resolve("responses-000-0000.jsonl"), two);
        Files.write(workFolder(job).resolve("responses-000-0001.jsonl"), four);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(paid(job)).isEqualTo(4);
        assertThat(job.printed()).contains("2 answered on `" + TestJob.RESULTS + "`, 2 left on this machine");
    }

    @Test
    void beingKilledWhileAdoptingLosesNothing() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] four = paidPart("four", REQUESTS.subList(0, 4));
        Path work = workFolder(job);
        Files.write(work.resolve("left-over/responses-000-0000.jsonl"), four);
        Files.write(work.resolve("responses-000-0000.jsonl"), Arrays.copyOf(four, four.length / 2));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(paid(job)).isEqualTo(4);
    }

    @Test
    void pushesTheSummaryWhereOnlyThatIsMissing() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        byte[] all = paidPart("earlier", REQUESTS);
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0000.jsonl", all));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(paid(job)).isEqualTo(6);
        assertThat(job.remote().paths(TestJob.RESULTS))
                .containsExactly("progress.json", "responses-000-0000.jsonl", "summary.json");
    }

    @Test
    void twoProcessesDoNotAnswerTheSameBatchOnOneMachine() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        BatchManifest manifest = TestJob.manifest(TestJob.bytes(REQUESTS));
        try (WorkDirectory busy = WorkDirectory.open(job.workspace(), manifest, Shard.WHOLE)) {
            assertThat(job.run()).isEqualTo(ExitCode.FAILED);
            assertThat(job.printed())
                    .contains("another batch runner is answering this batch in `" + busy.folder() + "`");
        }
        assertThat(job.run()).isEqualTo(ExitCode.OK);
    }

    /** Else what the other process still pushes while it ends would be asked and paid for again. */
    @Test
    void otherProcessesAreKeptOutBeforeTheBranchIsRead() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        BatchManifest manifest = TestJob.manifest(TestJob.bytes(REQUESTS));
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        job.door(new Door(job.remote()) {
            @Override
            void read() {
                refusal.set(catchThrowable(() -> WorkDirectory.open(job.workspace(), manifest, Shard.WHOLE)
                        .close()));
            }
        });

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(refusal.get()).hasMessageContaining("another batch runner is answering this batch");
    }

    @Test
    void nothingIsLeftOnTheMachineOfACompleteBatch() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.workspace().resolve(".batchferry")).isEmptyDirectory();
        Files.write(workFolder(job).resolve("responses-000-0000.jsonl"), paidPart("late", REQUESTS));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.workspace().resolve(".batchferry")).isEmptyDirectory();
        assertThat(paid(job)).isZero();
    }

    @Test
    void aPushWhoseAnswerWasLostIsNotTakenForSomebodyElses() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        job.door(new ForgetfulRemote(job.remote()));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertComplete(job);
        assertThat(job.remote().messages(TestJob.RESULTS)).hasSize(1);
    }

    @Test
    void aBranchThatSomebodyElseMovedIsLeftAlone() throws IOException {
        TestJob job = new TestJob(folder.resolve("job")).requests(REQUESTS);
        job.door(new RacingRemote(job));

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);

        assertThat(job.printed())
                .contains("::error::cannot publish the responses: branch `" + TestJob.RESULTS
                        + "` was moved by somebody else; nothing was pushed");
        assertThat(job.remote().paths(TestJob.RESULTS)).containsExactly("theirs.txt");
    }

    /** Loses the answer of the first push on the way back. */
    private static final class ForgetfulRemote extends Door {
        // Mutable state
        private boolean lost;

        ForgetfulRemote(GitRemote server) {
            super(server);
        }

        @Override
        void pushed() throws GitException {
            if (!lost) {
                lost = true;
                throw new GitException("cannot reach the server: connection reset");
            }
        }
    }

    /** Somebody else pushes just after the branch was read. */
    private static final class RacingRemote extends Door {
        private final TestJob job;

        RacingRemote(TestJob job) {
            super(job.remote());
            this.job = job;
        }

        @Override
        void read() {
            job.remote().put(TestJob.RESULTS, Map.of("theirs.txt", new byte[] {1}));
        }
    }

    private abstract static class Door implements GitRemote {
        private final GitRemote server;

        Door(GitRemote server) {
            this.server = server;
        }

        void read() {}

        void pushed() throws GitException {}

        @Override
        public Optional<String> head(BranchName branch) throws GitException {
            return server.head(branch);
        }

        @Override
        public Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
            Optional<BranchSnapshot> found = server.fetch(branch);
            read();
            return found;
        }

        @Override
        public BranchWriter write(BranchName branch) throws GitException {
            return guarded(server.write(branch));
        }

        @Override
        public BranchWriter create(BranchName branch) throws GitException {
            return guarded(server.create(branch));
        }

        private BranchWriter guarded(BranchWriter writer) {
            return new BranchWriter() {
                @Override
                public String commit(List<BranchFile> files, String message) throws GitException {
                    String commit = writer.commit(files, message);
                    pushed();
                    return commit;
                }

                @Override
                public String tip() {
                    return writer.tip();
                }

                @Override
                public void close() throws IOException {
                    writer.close();
                }
            };
        }

        @Override
        public void delete(BranchName branch) throws GitException {
            server.delete(branch);
        }
    }
}
