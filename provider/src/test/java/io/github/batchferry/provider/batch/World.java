package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.batchferry.git.testing.InMemoryGitRemote;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.github.testing.FakeGitHub;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A GitHub with a runner repository, in memory, and clients of it, one after the other, on one state folder. */
public final class World {
    public static final Target.GitHubActions TARGET = new Target.GitHubActions(
            "cloud",
            GitHubServer.GITHUB_COM,
            new RepositorySlug("myorg", "eval-runner"),
            "run-evals.yml",
            Optional.empty(),
            BatchFiles.DEFAULT_RESULTS_PREFIX,
            Optional.empty(),
            Duration.ofMinutes(30),
            Optional.empty(),
            Optional.empty());
    public static final Target.Embedded EMBEDDED = new Target.Embedded(
            "local",
            Optional.empty(),
            BatchFiles.DEFAULT_RESULTS_PREFIX,
            Optional.empty(),
            Duration.ofMinutes(30),
            Optional.empty());

    public final TestTime time = new TestTime();
    public final FakeGitHub github = new FakeGitHub(time);
    public final InMemoryGitRemote git = new InMemoryGitRemote();
    public final FakeRunner runner = new FakeRunner(git);
    public final Path state;
    public final Heard heard = new Heard();
    int reruns;

    public World(Path folder) {
        this.state = folder.resolve(".ferry");
        github.putFile(BatchFiles.VENDORS, "vendors: [{name: echo, kind: echo, models: [\"echo*\"]}]".getBytes(UTF_8));
        github.onDispatch(this::succeed);
        github.onRerun(dispatch -> {
            reruns++;
            succeed(dispatch);
        });
    }

    /** The runner answers everything at once. */
    public void succeed(FakeDispatch dispatch) {
        runner.answerAll(dispatch);
        github.finish(dispatch.runId(), "success");
    }

    JournaledBatches client() {
        return client(time, connection -> connection);
    }

    JournaledBatches client(Clock clock, UnaryOperator<RunnerConnection> disturbed) {
        return new JournaledBatches(state, connector(disturbed), clock, new Random(7), time, heard, "ferry/test");
    }

    /** Connects every target to this world. */
    public RunnerConnector connector(UnaryOperator<RunnerConnection> disturbed) {
        RunnerConnection connection = disturbed.apply(new RunnerConnection(github, github, git, TARGET.workflow()));
        return new RunnerConnector() {
            @Override
            public RunnerConnection connect(Target target) {
                return connection;
            }

            @Override
            public void close() {}
        };
    }

    public static RequestSource source(String content) {
        return new RequestSource("in.jsonl", () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    /** So many requests, {@code r0}, {@code r1} and so on. */
    public static RequestSource requests(int count) {
        return source(IntStream.range(0, count).mapToObj(i -> line("r" + i)).collect(Collectors.joining()));
    }

    /** Requests that do not compress, so that they need the branch. */
    public static RequestSource largeRequests(int count, int bytesEach) {
        Random random = new Random(3);
        return source(IntStream.range(0, count)
                .mapToObj(i -> {
                    String noise = random.ints(bytesEach, '0', 'z' + 1)
                            .map(c -> c == '\\' ? '-' : c)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                    return line("r" + i).replace("hello", noise);
                })
                .collect(Collectors.joining()));
    }

    public static String line(String id) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                + "\"body\":{\"model\":\"echo-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}}\n";
    }

    /** What the listener heard, as short words. */
    public static final class Heard implements BatchListener {
        final List<String> words = new ArrayList<>();
        final List<String> failedLooks = new ArrayList<>();

        @Override
        public void damaged(DamagedBatch batch) {
            words.add("damaged " + batch.id());
        }

        @Override
        public void prepared(BatchId batch, long requests) {
            words.add("prepared " + requests);
        }

        @Override
        public void answeredFromCache(BatchId batch, long cached, long requests) {
            words.add(cached + " of " + requests + " cached");
        }

        @Override
        public void notKeptInCache(BatchId batch, String reason) {
            words.add("not kept");
        }

        @Override
        public void delivered(BatchId batch, boolean inline, long bytes) {
            words.add(inline ? "inline" : "branch");
        }

        @Override
        public void dispatched(BatchId batch) {
            words.add("dispatched");
        }

        @Override
        public void looked(BatchId batch, WorkflowRun run) {
            words.add(run.status());
        }

        @Override
        public void jobs(BatchId batch, long done, long all) {
            words.add(done + " of " + all + " jobs");
        }

        @Override
        public void waits(BatchId batch, String reason) {
            words.add("waits: " + reason);
        }

        @Override
        public void runLost(BatchId batch, long runId) {
            words.add("lost " + runId);
        }

        @Override
        public void stopping(BatchId batch, WorkflowRun run) {
            words.add("stopping");
        }

        @Override
        public void dispatchDelayed(BatchId batch, String reason, Duration nextIn) {
            words.add("delayed " + nextIn);
        }

        @Override
        public void lookFailed(BatchId batch, String reason, Duration nextIn) {
            failedLooks.add(reason + " / " + nextIn);
        }

        @Override
        public void restarted(BatchId batch, WorkflowRun run) {
            words.add("restarted " + run.attempt());
        }

        @Override
        public void continued(BatchId batch, RunProgress paused) {
            words.add("continued " + paused.answered() + " of " + paused.total());
        }

        @Override
        public void notContinued(BatchId batch, RunProgress paused) {
            words.add("no progress at " + paused.answered() + " of " + paused.total());
        }

        @Override
        public void collected(BatchId batch, long responses) {
            words.add("collected " + responses);
        }
    }
}
