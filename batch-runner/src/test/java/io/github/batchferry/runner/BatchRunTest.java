package io.github.batchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchRunTest {
    @TempDir
    Path folder;

    private static List<String> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestJob.echo("r-" + i, "text " + i))
                .toList();
    }

    @Test
    void answersEveryRequestAndWritesTheSummaryInTheLastCommit() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(3));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses())
                .extracting(r -> r.customId().value())
                .containsExactlyInAnyOrder("r-0", "r-1", "r-2");
        assertThat(job.responses()).allSatisfy(r -> {
            assertThat(r.status()).isEqualTo(ResponseStatus.SUCCEEDED);
            assertThat(r.vendor()).isEqualTo("echo");
            assertThat(r.model()).isEqualTo("echo-1");
            assertThat(r.attempts()).isEqualTo(1);
        });
        assertThat(job.remote().paths(TestJob.RESULTS))
                .containsExactly("progress.json", "responses-000-0000.jsonl", "summary.json");
        assertThat(job.remote().messages(TestJob.RESULTS))
                .containsExactly("batch " + TestJob.BATCH + ": all 3 responses, 0 without success");
    }

    @Test
    void theSummarySaysWhatTheBranchHolds() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(3));
        job.run();

        BatchSummary summary = job.summary().orElseThrow();
        byte[] part =
                job.remote().read(TestJob.RESULTS, "responses-000-0000.jsonl").orElseThrow();
        assertThat(summary.total()).isEqualTo(3);
        assertThat(summary.count(ResponseStatus.SUCCEEDED)).isEqualTo(3);
        assertThat(summary.parts())
                .containsExactly(new BatchSummary.Part("responses-000-0000.jsonl", 3, part.length, Sha256.of(part)));
        assertThat(summary.usage().input()).isEqualTo(6);
        assertThat(summary.usage().output()).isEqualTo(6);
        assertThat(summary.costUsd()).as("echo costs nothing").contains(BigDecimal.ZERO);
        assertThat(summary.runId()).isEqualTo(42);
        assertThat(summary.runner()).isEqualTo("batch-runner test");
        assertThat(summary.requestsSha256()).isEqualTo(Sha256.of(TestJob.bytes(requests(3))));
    }

    @Test
    void leavesNothingBehindInWorkspaceAndTemporaryFolder() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(2));
        job.run();

        try (var left = Files.list(job.workspace().resolve(".batchferry"))) {
            assertThat(left).isEmpty();
        }
        try (var left = Files.list(folder.resolve("temp"))) {
            assertThat(left).containsExactly(folder.resolve("temp/vendors.yaml"));
        }
    }

    @Test
    void fetchesRequestsFromTheirBranchPartByPart() throws IOException {
        List<String> lines = requests(5);
        BranchName branch = new BranchName(BatchFiles.requestsBranch(TestJob.BATCH));
        TestJob job = new TestJob(folder).requests(lines);
        String commit = job.remote()
                .put(
                        branch,
                        Map.of(
                                BatchFiles.requestsPart(1),
                                TestJob.bytes(lines.subList(2, 5)),
                                BatchFiles.requestsPart(0),
                                TestJob.bytes(lines.subList(0, 2)),
                                BatchFiles.MANIFEST,
                                "{}".getBytes(StandardCharsets.UTF_8)));
        job.input(
                BatchFiles.INPUT_PROMPTS_ARTIFACT,
                new PromptsArtifact.Branch(TestJob.BATCH, new CommitSha(commit)).toInput());

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.responses()).hasSize(5);
    }

    @Test
    void refusesARequestsBranchThatWasMoved() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(1));
        BranchName branch = new BranchName(BatchFiles.requestsBranch(TestJob.BATCH));
        String commit = job.remote().put(branch, Map.of(BatchFiles.requestsPart(0), TestJob.bytes(requests(1))));
        job.input(
                BatchFiles.INPUT_PROMPTS_ARTIFACT,
                new PromptsArtifact.Branch(TestJob.BATCH, new CommitSha("f".repeat(40))).toInput());

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed())
                .contains("::error::eval-batches/" + TestJob.BATCH + ": expected commit " + "f".repeat(40) + ", found "
                        + commit);
    }

    @Test
    void refusesRequestsThatAreNotThoseOfTheManifest() throws IOException {
        byte[] promised = TestJob.bytes(requests(2));
        byte[] delivered = TestJob.bytes(List.of(TestJob.echo("r-0", "text 0"), TestJob.echo("r-1", "text X")));
        TestJob job = new TestJob(folder)
                .requests(requests(2))
                .input(
                        BatchFiles.INPUT_PROMPTS_ARTIFACT,
                        new PromptsArtifact.Inline(TestJob.gzip(delivered)).toInput());

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed())
                .contains("inline requests: expected sha-256: " + Sha256.of(promised) + ", found: "
                        + Sha256.of(delivered));
        assertThat(job.remote().branches()).isEmpty();
    }

    @Test
    void unpacksNoMoreThanTheManifestAnnounces() throws IOException {
        byte[] bomb = new byte[20_000_000];
        TestJob job = new TestJob(folder)
                .requests(requests(2))
                .input(BatchFiles.INPUT_PROMPTS_ARTIFACT, new PromptsArtifact.Inline(TestJob.gzip(bomb)).toInput());

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed()).contains("bytes of requests, found more");
    }

    @Test
    void reportsEverythingThatIsWrongWithRequestsVendorsAndKeysAtOnce() throws IOException {
        TestJob job = new TestJob(folder)
                .requests(List.of(
                        "{\"custom_id\":\"a\"}", TestJob.echo("same", "x"), TestJob.echo("same", "y"), "nonsense"))
                .vendors("vendors:\n  - name: cloud\n    kind: opnai\n    key_env: CLOUD_KEY\n    models: [\"*\"]\n");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed())
                .contains("requests:1 $.body: missing")
                .contains("requests:3 $.custom_id: `same` was already used at requests:2")
                .contains("requests:4: not valid JSON")
                .contains(".ferry/vendors.yaml $.vendors[cloud]: unknown kind `opnai`; did you mean `openai`?")
                .contains("vendor `cloud` takes its key from CLOUD_KEY, which is empty in this job: set the repository"
                        + " secret and list it under env: of the workflow's step");
        assertThat(job.remote().branches()).isEmpty();
    }

    @Test
    void doesNotAskForKeysOfVendorsTheBatchDoesNotUse() throws IOException {
        TestJob job = new TestJob(folder)
                .requests(requests(1))
                .vendors("vendors:\n  - name: echo\n    kind: echo\n    models: [\"echo-*\"]\n"
                        + "  - name: cloud\n    kind: openai\n    key_env: CLOUD_KEY\n    models: [\"gpt*\"]\n");

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
    }

    @Test
    void exitsWellWhenSomeRequestsErred() throws IOException {
        TestJob job = new TestJob(folder)
                .requests(List.of(
                        TestJob.echo("good", "x"),
                        TestJob.echo("bad|id", "y").replace("/v1/chat/completions", "/v1/embeddings")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.summary().orElseThrow().count(ResponseStatus.ERRORED)).isEqualTo(1);
        assertThat(job.page())
                .contains("| answered | 2 of 2 |")
                .contains("| errored | 1 |")
                .contains("bad&#124;id")
                .contains("echo answers &#47;v1&#47;chat&#47;completions only");
        assertThat(job.printed()).contains("answered 2 of 2 (100%), 1 errored").doesNotContain("\"y\"");
    }

    @Test
    void hasNothingToDoWhereTheResultsAreComplete() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(3));
        job.run();
        int pushes = job.remote().pushes();

        assertThat(job.run()).isEqualTo(ExitCode.OK);
        assertThat(job.remote().pushes()).isEqualTo(pushes);
        assertThat(job.printed()).contains("nothing to do: `" + TestJob.RESULTS + "` holds the complete results");
    }

    @Test
    void refusesABranchWithResultsOfOtherRequests() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(3));
        job.run();
        int pushes = job.remote().pushes();
        job.requests(requests(2));

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);
        assertThat(job.printed())
                .contains("::error::results branch `" + TestJob.RESULTS + "` holds the results of other");
        assertThat(job.remote().pushes()).isEqualTo(pushes);
    }

    @Test
    void refusesABranchWithResponsesToRequestsOfSomebodyElse() throws IOException {
        TestJob other = new TestJob(folder.resolve("other")).requests(List.of(TestJob.echo("stranger", "x")));
        other.run();
        TestJob job = new TestJob(folder).requests(requests(3));
        byte[] part =
                other.remote().read(TestJob.RESULTS, "responses-000-0000.jsonl").orElseThrow();
        job.remote().put(TestJob.RESULTS, Map.of("responses-000-0000.jsonl", part));

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);
        assertThat(job.printed()).contains("holds 1 responses to requests that this batch does not have");
    }

    @Test
    void readsTheManifestOfThisVeryBatchOnly() throws IOException {
        BatchManifest mine = TestJob.manifest(TestJob.bytes(requests(1)));
        TestJob job =
                new TestJob(folder).requests(requests(1)).input(BatchFiles.INPUT_BATCH_ID, "20260115-093000-zzzzzz");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed())
                .contains("workflow inputs $.manifest: is that of batch `" + mine.batchId()
                        + "`, expected `20260115-093000-zzzzzz`");
    }

    @Test
    void triesAFailedLastPushAgain() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(2));
        job.remote().failNextPushes(1, new GitException("cannot reach `github.com`"));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.summary()).isPresent();
        assertThat(job.printed()).contains("pushing to `" + TestJob.RESULTS + "` failed, attempt 1: cannot reach");
    }

    @Test
    void failsWithTheReasonAndKeepsTheResponsesWhenPushingFailsForGood() throws IOException {
        TestJob job = new TestJob(folder).requests(requests(2));
        job.remote().failNextPushes(2, new GitException("cannot reach `github.com`"));

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);
        assertThat(job.printed())
                .contains("::error::cannot publish the responses: cannot reach `github.com`; a re-run on this very"
                        + " machine goes on from `" + job.workspace());

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(job.printed()).contains("2 left on this machine");
        assertThat(job.responses()).extracting(ResponseLine::attempts).containsExactly(1, 1);
    }
}
