package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHWorkflowJob;
import org.kohsuke.github.GHWorkflowRun;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

class KohsukeTest {
    @TempDir
    Path state;

    @Test
    void theUsualJavaClientWorks() throws IOException {
        try (Hub hub = new Hub(state).script("echo hello")) {
            GitHub client = new GitHubBuilder()
                    .withEndpoint(hub.github.url().toString())
                    .withOAuthToken(hub.github.token())
                    .build();
            GHRepository repository = client.getRepository("acme/runner");

            repository.getWorkflow("job.yml").dispatch("main", Map.of());
            GHWorkflowRun run = repository.queryWorkflowRuns().list().iterator().next();
            hub.awaitEnd(run.getId());
            GHWorkflowRun over = repository.getWorkflowRun(run.getId());
            GHWorkflowJob job = over.listJobs().iterator().next();

            assertThat(client.getMyself().getLogin()).isEqualTo("local");
            assertThat(repository.getDefaultBranch()).isEqualTo("main");
            assertThat(repository.getFileContent(Hub.WORKFLOW).read())
                    .asString(StandardCharsets.UTF_8)
                    .contains("echo hello");
            assertThat(over.getConclusion()).isEqualTo(GHWorkflowRun.Conclusion.SUCCESS);
            assertThat(over.getHeadSha()).hasSize(40);
            assertThat(job.getSteps()).extracting(GHWorkflowJob.Step::getName).contains("Run echo hello");
            String log = job.downloadLogs(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(log).contains("hello");

            over.rerun();
            hub.awaitEnd(run.getId());
            assertThat(repository.getWorkflowRun(run.getId()).getRunAttempt()).isEqualTo(2);
        }
    }
}
