package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentsTest {
    private static final String STAGE = "/environments/Stage";
    private static final String POLICIES = STAGE + "/deployment-branch-policies";
    private static final String SELECTED =
            "{\"deployment_branch_policy\":{\"protected_branches\":false,\"custom_branch_policies\":true}}";
    private static final String PROTECTED =
            "{\"deployment_branch_policy\":{\"protected_branches\":true,\"custom_branch_policies\":false}}";

    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state).clock(clock));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    @Test
    void anEnvironmentWithoutRulesIsCreatedByItsName() {
        JsonNode created = hub.expect(200, "PUT", STAGE, "");

        assertThat(created.path("name").asText()).isEqualTo("Stage");
        assertThat(created.path("protection_rules")).isEmpty();
        assertThat(created.path("deployment_branch_policy").isNull()).isTrue();
        assertThat(hub.json(created.path("url").asText())).isEqualTo(created);
        assertThat(hub.expect(200, "GET", "/environments/sTAGE", "")).isEqualTo(created);
        hub.refusal(404, "GET", "/environments/other", "");
    }

    @Test
    void theRulesHaveGitHubsShapes() {
        long user = hub.json("/user").path("id").asLong();

        JsonNode stage = hub.expect(
                200,
                "PUT",
                STAGE,
                "{\"wait_timer\":30,\"prevent_self_review\":false,\"reviewers\":[{\"type\":\"User\",\"id\":" + user
                        + "}],\"deployment_branch_policy\":{\"protected_branches\":true,\"custom_branch_policies\":false}}");

        JsonNode rules = stage.path("protection_rules");
        assertThat(rules.findValuesAsText("type"))
                .containsExactly("wait_timer", "required_reviewers", "User", "User", "branch_policy");
        assertThat(rules.at("/0/wait_timer").asInt()).isEqualTo(30);
        assertThat(rules.at("/1/prevent_self_review").isBoolean()).isTrue();
        assertThat(rules.at("/1/reviewers/0/reviewer/login").asText()).isEqualTo("local");
        assertThat(stage.at("/deployment_branch_policy/protected_branches").asBoolean())
                .isTrue();
        assertThat(hub.expect(200, "GET", STAGE, "")).isEqualTo(stage);
    }

    @Test
    void whatIsNotNamedAgainIsNotAskedForAnyMore() {
        JsonNode created = hub.expect(200, "PUT", STAGE, "{\"wait_timer\":30}");
        clock.advance(Duration.ofMinutes(1));
        JsonNode changed = hub.expect(200, "PUT", "/environments/STAGE", "{\"reviewers\":null}");

        assertThat(created.path("protection_rules")).hasSize(1);
        assertThat(changed.path("protection_rules")).isEmpty();
        assertThat(changed.path("id")).isEqualTo(created.path("id"));
        assertThat(changed.path("name").asText()).isEqualTo("Stage");
        assertThat(changed.path("created_at").asText()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(changed.path("updated_at").asText()).isEqualTo("2026-11-21T08:01:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'wait_timer':43201}|wait_timer must be between 0 and 43200",
                "{'wait_timer':-1}|wait_timer must be between 0 and 43200",
                "{'wait_timer':'x'}|is not an integer",
                "{'prevent_self_review':true}|the embedded GitHub does not support `prevent_self_review`",
                "{'can_admins_bypass':false}|the embedded GitHub does not support `can_admins_bypass`",
                "{'extra':1}|\\\"extra\\\" is not a permitted key.",
                "{'reviewers':[{'type':'Team','id':1}]}|does not support reviewers of type `Team`",
                "{'reviewers':[{'type':'User','id':1}]}|no user `1` may review in this repository",
                "{'reviewers':[{'type':'User'}]}|\\\"reviewers/items/id\\\" wasn't supplied.",
                "{'deployment_branch_policy':{'protected_branches':true}}|custom_branch_policies\\\" wasn't supplied",
                "{'deployment_branch_policy':{'protected_branches':false,'custom_branch_policies':false}}"
                        + "|protected_branches and custom_branch_policies cannot have the same value",
            },
            quoteCharacter = '"')
    void wrongRulesAreRefusedByName(String body, String message) {
        JsonNode refused = hub.expect(422, "PUT", STAGE, body.replace('\'', '"'));

        assertThat(refused.toString()).contains(message);
        hub.refusal(404, "GET", STAGE, "");
    }

    @Test
    void anEnvironmentIsDeletedWithItsSecrets() throws IOException {
        hub.expect(200, "PUT", STAGE, "");
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "stage", "A_KEY", "1");
        hub.expect(201, "POST", STAGE + "/variables", "{\"name\":\"ONE\",\"value\":\"1\"}");

        hub.expect(204, "DELETE", "/environments/stage", "");

        hub.refusal(404, "GET", STAGE, "");
        hub.refusal(404, "DELETE", STAGE, "");
        hub.expect(200, "PUT", STAGE, "");
        assertThat(hub.expect(200, "GET", STAGE + "/secrets", "").path("secrets"))
                .isEmpty();
        assertThat(hub.expect(200, "GET", STAGE + "/variables", "").path("variables"))
                .isEmpty();
    }

    @Test
    void allAreListedInTheOrderOfTheirCreation() {
        for (String name : new String[] {"stage", "production", "a%2Fb"}) {
            hub.expect(200, "PUT", "/environments/" + name, "");
        }

        JsonNode all = hub.expect(200, "GET", "/environments", "");
        HttpResponse<String> page = hub.get(Hub.repository("/environments?per_page=2&page=2"));

        assertThat(all.path("total_count").asInt()).isEqualTo(3);
        assertThat(all.findValuesAsText("name")).containsExactly("stage", "production", "a/b");
        assertThat(Hub.json(page).findValuesAsText("name")).containsExactly("a/b");
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("rel=\"prev\"");
        assertThat(hub.json(all.at("/environments/2/url").asText()).path("name").asText())
                .isEqualTo("a/b");
    }

    @Test
    void namesOfBranchesAndTagsAreKeptOneByOne() {
        hub.expect(200, "PUT", STAGE, SELECTED);

        JsonNode branch = hub.expect(200, "POST", POLICIES, "{\"name\":\"release/*\"}");
        JsonNode tag = hub.expect(200, "POST", POLICIES, "{\"name\":\"v*\",\"type\":\"tag\"}");
        JsonNode renamed = hub.expect(200, "PUT", POLICIES + "/" + branch.path("id"), "{\"name\":\"main\"}");
        JsonNode again = hub.expect(200, "POST", POLICIES, "{\"name\":\"release/*\"}");

        assertThat(branch.path("type").asText()).isEqualTo("branch");
        assertThat(tag.path("type").asText()).isEqualTo("tag");
        assertThat(tag.path("name").asText()).isEqualTo("v*");
        assertThat(renamed.path("id")).isEqualTo(branch.path("id"));
        assertThat(again.path("id")).isNotEqualTo(branch.path("id"));
        assertThat(hub.expect(200, "GET", POLICIES + "/" + branch.path("id"), ""))
                .isEqualTo(renamed);
        assertThat(hub.expect(200, "GET", POLICIES, "").findValuesAsText("name"))
                .containsExactly("main", "v*", "release/*");
        assertThat(hub.expect(200, "PUT", STAGE, SELECTED)
                        .at("/protection_rules/0/type")
                        .asText())
                .isEqualTo("branch_policy");
        assertThat(hub.expect(200, "GET", POLICIES, "").path("total_count").asInt())
                .isEqualTo(3);
        hub.expect(204, "DELETE", POLICIES + "/" + tag.path("id"), "");
        hub.refusal(404, "DELETE", POLICIES + "/" + tag.path("id"), "");
    }

    @Test
    void theSameNameLeadsToWhatIsThere() {
        hub.expect(200, "PUT", STAGE, SELECTED);
        JsonNode main = hub.expect(200, "POST", POLICIES, "{\"name\":\"main\"}");
        JsonNode other = hub.expect(200, "POST", POLICIES, "{\"name\":\"other\"}");

        HttpResponse<String> same = hub.call("POST", Hub.repository(POLICIES), "{\"name\":\"main\"}");

        assertThat(same.statusCode()).isEqualTo(303);
        assertThat(hub.json(same.headers().firstValue("Location").orElseThrow()))
                .isEqualTo(main);
        hub.refusal(422, "PUT", POLICIES + "/" + other.path("id"), "{\"name\":\"main\"}");
        hub.refusal(422, "POST", POLICIES, "{\"name\":\"refs/tags/x\"}");
        hub.refusal(422, "POST", POLICIES, "{\"name\":\"x\",\"type\":\"commit\"}");
        hub.expect(200, "PUT", POLICIES + "/" + other.path("id"), "{\"name\":\"other\"}");
    }

    @Test
    void onlyAnEnvironmentThatAsksForNamesHasThem() {
        hub.expect(200, "PUT", STAGE, SELECTED);
        hub.expect(200, "POST", POLICIES, "{\"name\":\"main\"}");
        hub.expect(200, "PUT", STAGE, PROTECTED);

        hub.refusal(404, "GET", POLICIES, "");
        hub.refusal(404, "POST", POLICIES, "{\"name\":\"main\"}");
        hub.expect(200, "PUT", STAGE, SELECTED);
        assertThat(hub.expect(200, "GET", POLICIES, "").path("branch_policies")).isEmpty();
    }

    @Test
    void theRulesHoldForJobs() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: stage
                    steps:
                      - run: "true"
                """);
        hub.expect(200, "PUT", STAGE, SELECTED);
        hub.expect(200, "POST", POLICIES, "{\"name\":\"main\",\"type\":\"tag\"}");

        String refused = hub.awaitEnd(hub.dispatch()).path("conclusion").asText();
        hub.expect(200, "POST", POLICIES, "{\"name\":\"ma*\"}");
        String allowed = hub.awaitEnd(hub.dispatch()).path("conclusion").asText();

        assertThat(refused).isEqualTo("failure");
        assertThat(allowed).isEqualTo("success");
    }

    @Test
    void javaSetsTheSameRulesAndProtectsBranches() throws IOException {
        hub.file("README.md", "x");
        hub.github.createEnvironment(
                Hub.OWNER,
                Hub.NAME,
                "stage",
                EnvironmentRules.selected("main", "refs/tags/v*").waiting(5).reviewedBy("acme"));
        hub.github.protectBranch(Hub.OWNER, Hub.NAME, "main");

        JsonNode stage = hub.expect(200, "GET", STAGE, "");
        JsonNode policies = hub.expect(200, "GET", POLICIES, "").path("branch_policies");
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "STAGE", EnvironmentRules.selected("other", "main"));

        assertThat(stage.path("protection_rules")).hasSize(3);
        assertThat(stage.at("/protection_rules/1/reviewers/0/reviewer/login").asText())
                .isEqualTo("acme");
        assertThat(policies.findValuesAsText("type")).containsExactly("branch", "tag");
        assertThat(hub.expect(200, "GET", POLICIES, "").at("/branch_policies/0"))
                .isEqualTo(policies.path(0));
        assertThat(hub.expect(200, "GET", "/branches/main", "")
                        .path("protected")
                        .asBoolean())
                .isTrue();
        assertThatThrownBy(() -> EnvironmentRules.NONE.waiting(50_000))
                .hasMessage("invalid wait of `50000` minutes: expected 0 to 43200");
    }

    @Test
    void theyOutliveTheServer() throws IOException {
        hub.expect(200, "PUT", STAGE, SELECTED);
        hub.expect(200, "POST", POLICIES, "{\"name\":\"v*\",\"type\":\"tag\"}");
        JsonNode all = hub.expect(200, "GET", "/environments", "");
        JsonNode policies = hub.expect(200, "GET", POLICIES, "");
        hub.close();

        hub = new Hub(state);

        JsonNode environment = hub.expect(200, "GET", STAGE, "");
        for (String same : new String[] {"id", "name", "created_at", "protection_rules", "deployment_branch_policy"}) {
            assertThat(environment.path(same)).isEqualTo(all.at("/environments/0/" + same));
        }
        assertThat(hub.expect(200, "GET", POLICIES, "")).isEqualTo(policies);
    }

    @Test
    void aJobMayReadEnvironmentsAndNothingElseOfSettings() throws IOException {
        hub.expect(200, "PUT", STAGE, "");
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env: { TOKEN: "${{ github.token }}", API: "${{ github.api_url }}/repos/acme/runner" }
                        run: |
                          ask() { curl -s -o body -w '%{http_code}' -X "$1" -H "Authorization: Bearer $TOKEN" "$API$2"; }
                          for path in environments environments/stage actions/caches; do
                            echo "GET $path $(ask GET /$path)"
                          done
                          for path in actions/secrets actions/variables environments/stage/secrets \\
                              environments/stage/variables actions/permissions; do
                            echo "GET $path $(ask GET /$path) $(grep -o 'Resource not accessible by integration' body)"
                          done
                          echo "PUT $(ask PUT /environments/stage)"
                          echo "DELETE $(ask DELETE /environments/stage/secrets/X)"
                """);

        String log = hub.logOfSuccess(Map.of());

        String refused = " 403 Resource not accessible by integration";
        assertThat(log)
                .contains("GET environments 200", "GET environments/stage 200", "GET actions/caches 200")
                .contains("GET actions/secrets" + refused, "GET actions/variables" + refused)
                .contains("GET environments/stage/secrets" + refused, "GET environments/stage/variables" + refused)
                .contains("GET actions/permissions" + refused, "PUT 403", "DELETE 403");
    }
}
