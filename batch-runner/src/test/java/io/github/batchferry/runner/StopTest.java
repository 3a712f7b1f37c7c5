package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.publish.Pace;
import io.github.batchferry.wire.BatchFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the shutdown hook of SIGTERM does, without a process. */
@Timeout(30)
class StopTest {
    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private TestJob job;

    @BeforeEach
    void oneFastRequestAndOneThatHangs() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{}")));
        VENDOR.stubFor(post(anyUrl())
                .withRequestBody(containing("slow"))
                .willReturn(aResponse().withBody("{}").withFixedDelay(60_000)));
        job = new TestJob(folder)
                .vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                        + "\n    models: [\"*\"]\n    max_concurrency: 1\n")
                .requests(
                        List.of(TestJob.echo("a", "fast"), TestJob.echo("b", "slow"), TestJob.echo("c", "never sent")));
    }

    private CompletableFuture<Integer> startAndWaitForTheHangingRequest(BatchRun run) {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(run::run);
        await().until(() -> VENDOR.findAll(postRequestedFor(anyUrl())).size() == 2);
        return exit;
    }

    @Test
    void pushesWhatIsAnsweredAndExitsAsForSigterm() throws IOException {
        BatchRun run = job.newRun();
        CompletableFuture<Integer> exit = startAndWaitForTheHangingRequest(run);

        run.stop();

        assertThat(exit.join()).isEqualTo(ExitCode.STOPPED);
        assertThat(job.responses()).extracting(r -> r.customId().value()).containsExactly("a");
        assertThat(job.remote().paths(TestJob.RESULTS)).containsExactly("progress.json", "responses-000-0000.jsonl");
        assertThat(job.remote().messages(TestJob.RESULTS))
                .containsExactly("batch " + TestJob.BATCH + ": 1 of 3 responses");
        assertThat(job.printed()).contains("answered 1 of 3 (33%)").contains("re-run the job to answer the rest");
    }

    @Test
    void pushesWhatIsAnsweredAlsoWhenTheRestCannotBeRead() throws IOException {
        VENDOR.stubFor(post(anyUrl())
                .withRequestBody(containing("slow"))
                .willReturn(aResponse().withBody("{}").withFixedDelay(1_000)));
        CompletableFuture<Integer> exit = startAndWaitForTheHangingRequest(job.newRun());

        try (Stream<Path> files = Files.walk(folder)) {
            Path requests = files.filter(file -> file.endsWith("requests.jsonl"))
                    .findFirst()
                    .orElseThrow();
            Files.write(requests, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }

        assertThat(exit.join()).isEqualTo(ExitCode.FAILED);
        assertThat(job.responses()).extracting(r -> r.customId().value()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theNextAttemptAsksOnlyTheRest() throws IOException {
        BatchRun run = job.newRun();
        startAndWaitForTheHangingRequest(run);
        run.stop();
        VENDOR.resetAll();
        VENDOR.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{}")));

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        VENDOR.verify(2, postRequestedFor(anyUrl()));
        assertThat(job.responses()).extracting(r -> r.customId().value()).containsExactly("a", "b", "c");
        assertThat(job.remote().read(TestJob.RESULTS, BatchFiles.SUMMARY)).isPresent();
    }

    @Test
    void stoppingAfterTheEndReturnsAtOnce() throws IOException {
        TestJob done = new TestJob(folder.resolve("done")).requests(List.of(TestJob.echo("a", "x")));
        BatchRun run = done.newRun();
        run.run();

        run.stop();

        assertThat(done.summary()).isPresent();
    }

    @Test
    void aFailedPushDoesNotStopAnsweringAndCheckpointsArePushedMeanwhile() throws IOException {
        Timing usual = job.timing();
        job.timing(new Timing(
                new Pace(Duration.ofMillis(20), 5_000, Duration.ofMillis(20)),
                Duration.ofMillis(20),
                usual.patience(),
                usual.pauseGrace(),
                usual.stopGrace(),
                usual.stopPush(),
                usual.finalPushes()));
        job.remote().failNextPushes(2, new GitException("cannot reach `github.com`"));
        BatchRun run = job.newRun();
        CompletableFuture<Integer> exit = startAndWaitForTheHangingRequest(run);

        await().until(() -> job.remote().paths(TestJob.RESULTS).contains("responses-000-0000.jsonl"));
        assertThat(exit).isNotDone();
        assertThat(job.printed()).contains("attempt 2: cannot reach").contains("answered 1 of 3 (33%)");
        run.stop();

        assertThat(exit.join()).isEqualTo(ExitCode.STOPPED);
    }
}
