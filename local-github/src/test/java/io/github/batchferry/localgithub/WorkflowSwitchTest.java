package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHWorkflow;
import org.kohsuke.github.GitHubBuilder;

class WorkflowSwitchTest {
    private static final String WORKFLOW = "/actions/workflows/job.yml";

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).script("true");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String shown() {
        return hub.expect(200, "GET", WORKFLOW, "").path("state").asText();
    }

    @Test
    void aDisabledWorkflowIsNotDispatchedUntilItIsEnabled() {
        hub.expect(204, "PUT", WORKFLOW + "/disable", "");

        assertThat(shown()).isEqualTo("disabled_manually");
        assertThat(hub.expect(200, "GET", "/actions/workflows", "")
                        .at("/workflows/0/state")
                        .asText())
                .isEqualTo("disabled_manually");
        assertThat(hub.refusal(422, "POST", WORKFLOW + "/dispatches", "{\"ref\":\"main\"}"))
                .isEqualTo("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
        assertThat(hub.expect(200, "GET", "/actions/runs", "")
                        .path("total_count")
                        .asInt())
                .isZero();

        hub.expect(204, "PUT", WORKFLOW + "/enable", "");

        assertThat(shown()).isEqualTo("active");
        hub.logOfSuccess(Map.of());
    }

    @Test
    void aWorkflowThatIsNotThereIsNotFound() {
        hub.refusal(404, "PUT", "/actions/workflows/other.yml/disable", "");
        hub.refusal(404, "PUT", "/actions/workflows/1/enable", "");
    }

    @Test
    void itStaysDisabledOverARestart() throws IOException {
        hub.expect(204, "PUT", WORKFLOW + "/disable", "");
        hub.close();

        hub = new Hub(state);

        assertThat(shown()).isEqualTo("disabled_manually");
    }

    @Test
    void theUsualJavaClientTurnsItOffAndOn() throws IOException {
        GHWorkflow workflow = new GitHubBuilder()
                .withEndpoint(hub.github.apiUrl().toString())
                .withOAuthToken(hub.github.token())
                .build()
                .getRepository("acme/runner")
                .getWorkflow("job.yml");

        workflow.disable();
        assertThat(shown()).isEqualTo("disabled_manually");
        workflow.enable();
        assertThat(shown()).isEqualTo("active");
    }
}
