package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job proves who it is, to somebody who knows nothing but the issuer's address. */
class JobIdentityTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WORKFLOW = """
            name: Prove
            on: workflow_dispatch
            permissions: { contents: read }
            env:
              SIGNALS: %s
            jobs:
              proves:
                runs-on: ubuntu-latest
                permissions: { id-token: write }
                steps:
                  - run: |
                      ask() { curl -sf -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$@"; }
                      ask "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=acceptance" > "$SIGNALS/named"
                      ask "$ACTIONS_ID_TOKEN_REQUEST_URL" > "$SIGNALS/usual"
                      echo "$ACTIONS_ID_TOKEN_REQUEST_URL" > "$SIGNALS/url"
                      echo "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" > "$SIGNALS/token"
                      echo "asked with $ACTIONS_ID_TOKEN_REQUEST_TOKEN"
              deployed:
                runs-on: ubuntu-latest
                permissions: { id-token: write }
                environment: production
                steps:
                  - run: |
                      curl -sf -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
                        "$ACTIONS_ID_TOKEN_REQUEST_URL" > "$SIGNALS/deployed"
              called:
                permissions: { id-token: write }
                uses: ./.github/workflows/called.yml
              cannot:
                needs: proves
                runs-on: ubuntu-latest
                steps:
                  - run: |
                      env | grep -c ACTIONS_ID_TOKEN > "$SIGNALS/variables" || true
                      curl -s -o "$SIGNALS/refusal" -w '%%{http_code}' -H "Authorization: Bearer $(cat "$SIGNALS/token")" \\
                        "$(cat "$SIGNALS/url")" > "$SIGNALS/status"
            """;

    private static final String CALLED = """
            on: workflow_call
            jobs:
              job:
                runs-on: ubuntu-latest
                steps:
                  - run: |
                      curl -sf -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
                        "$ACTIONS_ID_TOKEN_REQUEST_URL" > %s/called
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        server = ServedGitHub.start(home);
        repository = server.api()
                .create("acme", "identity")
                .workflow("prove.yml", WORKFLOW.formatted(folder))
                .workflow("called.yml", CALLED.formatted(folder));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenOfAJobIsSignedByItsIssuerAndSaysWhatTheJobIs() throws Exception {
        long run = repository.dispatch("prove.yml", Map.of());
        repository.awaitSuccess(run);

        JsonNode claims = verified("named");
        JsonNode json = repository.run(run);
        String ref = "acme/identity/.github/workflows/prove.yml@refs/heads/main";
        assertThat(claims.path("sub").asText()).isEqualTo("repo:acme/identity:ref:refs/heads/main");
        assertThat(claims.path("aud").asText()).isEqualTo("acceptance");
        assertThat(claims.path("repository").asText()).isEqualTo("acme/identity");
        assertThat(claims.path("run_id").asText()).isEqualTo("" + run);
        assertThat(claims.path("run_attempt").asText()).isEqualTo("1");
        assertThat(claims.path("sha").asText()).isEqualTo(json.path("head_sha").asText());
        assertThat(claims.path("workflow").asText()).isEqualTo("Prove");
        assertThat(claims.path("workflow_ref").asText()).isEqualTo(ref);
        assertThat(claims.path("job_workflow_ref").asText()).isEqualTo(ref);
        assertThat(claims.path("event_name").asText()).isEqualTo("workflow_dispatch");
        assertThat(claims.path("exp").asLong()).isGreaterThan(claims.path("iat").asLong());
        assertThat(verified("usual").path("aud").asText())
                .isEqualTo(server.api().root() + "/acme");
        assertThat(verified("usual").path("jti")).isNotEqualTo(claims.path("jti"));
        assertThat(verified("deployed").path("sub").asText()).isEqualTo("repo:acme/identity:environment:production");
        JsonNode called = verified("called");
        assertThat(called.path("workflow_ref").asText()).isEqualTo(ref);
        assertThat(called.path("job_workflow_ref").asText())
                .isEqualTo("acme/identity/.github/workflows/called.yml@refs/heads/main");
        nobodyElseGetsOne(run);
    }

    private void nobodyElseGetsOne(long run) throws IOException {
        assertThat(folder.resolve("variables")).hasContent("0");
        assertThat(folder.resolve("status")).hasContent("401");
        assertThat(folder.resolve("refusal")).content().doesNotContain("\"value\"");
        assertThat(repository.log(run, "proves"))
                .contains("asked with ***")
                .doesNotContain(Files.readString(folder.resolve("token")).strip());
    }

    /** The claims of a token that a job got. */
    private JsonNode verified(String file) throws Exception {
        String token =
                JSON.readTree(folder.resolve(file).toFile()).path("value").asText();
        return SignedIdentity.claims(token, server.api().root() + "/_oidc");
    }
}
