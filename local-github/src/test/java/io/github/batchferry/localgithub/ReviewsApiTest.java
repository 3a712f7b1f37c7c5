package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewsApiTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: production
                    steps:
                      - run: echo deployed
                """);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private void reviewedBy(String... logins) {
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "production", EnvironmentRules.NONE.reviewedBy(logins));
    }

    private long waiting() {
        long run = hub.dispatch();
        hub.awaitStatus(run, "waiting");
        return run;
    }

    private JsonNode pending(long run) {
        return hub.json(Hub.repository("/actions/runs/" + run + "/pending_deployments"));
    }

    private HttpResponse<String> review(long run, long environment, String state) {
        return hub.post(
                Hub.repository("/actions/runs/" + run + "/pending_deployments"),
                "{\"environment_ids\":[" + environment + "],\"state\":\"" + state + "\",\"comment\":\"as agreed\"}");
    }

    private static long environment(JsonNode pending) {
        return pending.path(0).path("environment").path("id").asLong();
    }

    @Test
    void anApprovalLetsTheJobGoOnAndIsRemembered() throws IOException {
        reviewedBy("local");
        long run = waiting();
        JsonNode pending = pending(run);
        assertThat(pending).hasSize(1);
        assertThat(pending.path(0).path("current_user_can_approve").asBoolean()).isTrue();
        assertThat(pending.path(0).findValuesAsText("login")).containsExactly("local");
        assertThat(environment(pending))
                .isEqualTo(hub.json(Hub.repository("/environments/production"))
                        .path("id")
                        .asLong());

        HttpResponse<String> response = review(run, environment(pending), "approved");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Hub.json(response).path(0).path("environment").asText()).isEqualTo("production");
        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("success");
        assertThat(pending(run)).isEmpty();
        hub.close();
        hub = new Hub(state);
        JsonNode approvals = hub.json(Hub.repository("/actions/runs/" + run + "/approvals"));
        assertThat(approvals).hasSize(1);
        assertThat(approvals.path(0).path("state").asText()).isEqualTo("approved");
        assertThat(approvals.path(0).path("comment").asText()).isEqualTo("as agreed");
        assertThat(approvals.path(0).path("environments").findValuesAsText("name"))
                .containsExactly("production");
    }

    @Test
    void aRejectionFailsTheJob() {
        reviewedBy("local");
        long run = waiting();

        assertThat(review(run, environment(pending(run)), "rejected").statusCode())
                .isEqualTo(200);

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.json(Hub.repository("/actions/runs/" + run + "/approvals"))
                        .findValuesAsText("state"))
                .containsExactly("rejected");
    }

    @Test
    void onlyReviewersDecide() {
        reviewedBy("somebody");
        long run = waiting();
        assertThat(pending(run).path(0).path("current_user_can_approve").asBoolean())
                .isFalse();

        HttpResponse<String> response = review(run, environment(pending(run)), "approved");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Hub.json(response).path("message").asText())
                .isEqualTo("`local` is no reviewer of the environment `production`; its reviewers are somebody");
        assertThat(hub.run(run).path("status").asText()).isEqualTo("waiting");
    }

    @Test
    void whatNothingWaitsForCannotBeDecided() {
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "production", EnvironmentRules.NONE.waiting(30));
        long run = waiting();
        JsonNode pending = pending(run);
        assertThat(pending.path(0).path("wait_timer").asInt()).isEqualTo(30);
        assertThat(pending.path(0).path("wait_timer_started_at").isTextual()).isTrue();

        assertThat(review(run, environment(pending), "approved").statusCode()).isEqualTo(422);
        assertThat(review(run, 1, "approved").statusCode()).isEqualTo(422);
        assertThat(review(99, 1, "approved").statusCode()).isEqualTo(404);
        assertThat(hub.json(Hub.repository("/actions/runs/" + run + "/approvals")))
                .isEmpty();
    }
}
