package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.SoFar;
import io.github.batchferry.wire.RunProgress.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The soft deadline: a job that ends in order before GitHub ends it. */
@Timeout(30)
class PauseTest {
    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private TestJob job;

    @BeforeEach
    void oneRequestAfterTheOther() throws IOException {
        VENDOR.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{}")));
        VENDOR.stubFor(post(anyUrl())
                .withRequestBody(containing("slow"))
                .willReturn(aResponse().withBody("{}").withFixedDelay(1_500)));
        job = new TestJob(folder)
                .vendors("vendors:\n  - name: cloud\n    kind: openai\n    base_url: " + VENDOR.baseUrl()
                        + "\n    models: [\"*\"]\n    max_concurrency: 1\n")
                .requests(List.of(TestJob.echo("a", "fast"), TestJob.echo("b", "slow"), TestJob.echo("c", "last")));
    }

    @Test
    void atTheDeadlineAnswersUnderWayAreTakenAndNothingMoreIsAsked() throws IOException {
        assertThat(job.variable("FERRY_DEADLINE", "1s").run()).as(job.printed()).isEqualTo(ExitCode.OK);

        int asked = VENDOR.findAll(postRequestedFor(anyUrl())).size();
        assertThat(asked).as("of three, one after the other").isLessThan(3);
        assertThat(job.responses()).as("all that was asked").hasSize(asked);
        assertThat(job.summary()).isEmpty();
        assertThat(job.progress().state()).isEqualTo(State.PAUSED);
        assertThat(job.progress().answered()).isEqualTo(asked);
        assertThat(job.progress().soFar()).map(SoFar::succeeded).contains((long) asked);
        assertThat(job.outputs()).isEqualTo("paused=true\n");
    }

    @Test
    void theNextRunAnswersTheRestAndKeepsTheFirstStart() throws IOException {
        job.variable("FERRY_DEADLINE", "1s").run();
        RunProgress paused = job.progress();

        int exit = job.variable("FERRY_DEADLINE", "330m")
                .variable("GITHUB_RUN_ID", "43")
                .input("continuation", "1")
                .run();

        assertThat(exit).as(job.printed()).isEqualTo(ExitCode.OK);
        VENDOR.verify(3, postRequestedFor(anyUrl()));
        assertThat(job.responses()).extracting(r -> r.customId().value()).containsExactly("a", "b", "c");
        assertThat(job.summary().orElseThrow().startedAt()).isEqualTo(paused.startedAt());
        assertThat(job.summary().orElseThrow().runId()).isEqualTo(43);
        assertThat(job.progress().state()).isEqualTo(State.COMPLETE);
        assertThat(job.progress().continuation()).isEqualTo(1);
    }

    @Test
    void whereNoTimeIsLeftNothingIsAsked() throws IOException {
        job.variable("FERRY_DEADLINE", "330m").variable("FERRY_JOB_STARTED", "1000");

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        VENDOR.verify(0, postRequestedFor(anyUrl()));
        assertThat(job.progress().state()).isEqualTo(State.PAUSED);
        assertThat(job.progress().answered()).isZero();
        assertThat(job.printed())
                .contains("paused with 0 of 3 requests answered")
                .contains("nothing new was answered, so that no other run is started");
        assertThat(job.outputs()).isEmpty();
        assertThat(job.page()).contains("paused with 0 of 3").contains("ferry resume " + TestJob.BATCH);
    }

    @Test
    void aCallOfUsualLengthIsNotDroppedWhenTheTimeIsUpAndTheLastPushStillHasTime() {
        Duration grace = Timing.standard().pauseGrace();

        assertThat(grace).as("the usual time-out of a vendor").isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(grace)
                .as("the workflow's limit, less its deadline and the pushes")
                .isLessThanOrEqualTo(Duration.ofMinutes(350 - 330 - 5));
    }
}
