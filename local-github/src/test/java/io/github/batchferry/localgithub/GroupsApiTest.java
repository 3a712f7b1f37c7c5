package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsApiTest {
    private static final String GROUPS = Hub.repository("/actions/concurrency_groups");

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                on:
                  workflow_dispatch:
                    inputs:
                      group: {type: string, required: true}
                concurrency: ${{ inputs.group }}
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    concurrency: job/${{ github.run_id }}
                    steps:
                      - run: |
                          mkfifo gate
                          while true; do read -rt 0.05 <> gate || true; done
                """);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long running(String group) {
        long run = hub.dispatch(Map.of("group", group));
        hub.awaitStatus(run, "in_progress");
        return run;
    }

    private long pending(String group) {
        long run = hub.dispatch(Map.of("group", group));
        hub.awaitStatus(run, "pending");
        return run;
    }

    @Test
    void aGroupTellsWhoHoldsItAndWhoWaits() {
        long first = running("release");
        long second = pending("release");

        JsonNode group = hub.json(GROUPS + "/Release");

        assertThat(group.path("group_name").asText()).isEqualTo("release");
        assertThat(group.path("total_count").asInt()).isEqualTo(2);
        assertThat(group.path("group_members").findValuesAsText("run_id")).containsExactly("" + first, "" + second);
        assertThat(group.path("group_members").findValuesAsText("status")).containsExactly("in_progress", "pending");
        JsonNode ahead = hub.json(GROUPS + "/release?ahead_of_run=" + second);
        assertThat(ahead.path("group_members").findValuesAsText("run_id")).containsExactly("" + first);
        assertThat(hub.get(GROUPS + "/release?ahead_of_run=99").statusCode()).isEqualTo(422);
        assertThat(hub.get(GROUPS + "/none").statusCode()).isEqualTo(404);
    }

    @Test
    void aRunTellsItsPlaces() {
        long first = running("release");
        long second = pending("release");

        JsonNode groups = hub.json(Hub.repository("/actions/runs/" + first + "/concurrency_groups"));
        assertThat(groups.path("concurrency_groups").findValuesAsText("group_name"))
                .containsExactly("job/" + first, "release");
        assertThat(groups.path("concurrency_groups")
                        .path(0)
                        .path("group_members")
                        .path(0)
                        .path("job_name")
                        .asText())
                .isEqualTo("job");
        assertThat(hub.get(groups.path("concurrency_groups")
                                .path(0)
                                .path("group_url")
                                .asText())
                        .statusCode())
                .isEqualTo(200);

        JsonNode waiting = hub.json(Hub.repository("/actions/runs/" + second + "/concurrency_groups"))
                .path("concurrency_groups")
                .path(0)
                .path("group_members")
                .path(0);
        assertThat(waiting.path("position").asInt()).isEqualTo(1);
        assertThat(hub.json(waiting.path("position_url").asText())
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void manyGroupsAreReadPageByPage() {
        running("a");
        running("b/1");

        HttpResponse<String> first = hub.get(GROUPS + "?per_page=1");
        String next = first.headers().firstValue("Link").orElseThrow();
        HttpResponse<String> second = hub.get(next.substring(1, next.indexOf('>')));

        assertThat(Hub.json(first).path("total_count").asInt()).isEqualTo(4);
        assertThat(Hub.json(first).findValuesAsText("group_name")).containsExactly("a");
        assertThat(next).contains("after=a", "rel=\"next\"").doesNotContain("prev");
        assertThat(Hub.json(second).findValuesAsText("group_name")).containsExactly("b/1");
        assertThat(second.headers().firstValue("Link").orElseThrow()).contains("before=b%2F1", "rel=\"prev\"");
    }

    @Test
    void anEnterpriseServerDoesNotTell() throws IOException {
        hub.close();
        hub = new Hub(LocalGitHub.at(state).mode(Mode.GHES));

        HttpResponse<String> response = hub.get(GROUPS);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Hub.json(response).path("message").asText()).contains("does not serve");
    }
}
