package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import io.github.batchferry.localgithub.identity.Jwt;
import io.github.batchferry.localgithub.identity.Pem;
import io.github.batchferry.localgithub.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsTest {
    @TempDir
    Path state;

    private final HandClock clock = new HandClock();
    private Hub hub;
    private RegisteredApp app;
    private PrivateKey key;
    private long installation;

    @BeforeEach
    void start() throws Exception {
        hub = new Hub(LocalGitHub.at(state).clock(clock)).script("echo hello");
        hub.github.createRepository(Hub.OWNER, "other");
        app = hub.github.registerApp(
                "My Bot", Optional.empty(), Map.of("contents", "read", "actions", "write", "checks", "write"));
        key = read(app.privateKey().orElseThrow());
        installation = hub.github.installApp(app.app().id(), Hub.OWNER, List.of());
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    /** Reads the older form of keys, as clients do: inside of an envelope that Java understands. */
    private static PrivateKey read(String pem) throws Exception {
        assertThat(pem).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        byte[] pkcs1 = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        ByteArrayOutputStream envelope = new ByteArrayOutputStream();
        envelope.writeBytes(HexFormat.of().parseHex("3082" + hex(pkcs1.length + 22)));
        envelope.writeBytes(
                HexFormat.of().parseHex("020100300d06092a864886f70d0101010500" + "0482" + hex(pkcs1.length)));
        envelope.writeBytes(pkcs1);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(envelope.toByteArray()));
    }

    private static String hex(int number) {
        return String.format(java.util.Locale.ROOT, "%04x", number);
    }

    private ObjectNode claims() {
        long now = clock.instant().getEpochSecond();
        return Json.object().put("iss", app.app().id()).put("iat", now - 60).put("exp", now + 540);
    }

    private HttpResponse<String> asApp(String method, String path, String body, ObjectNode claims) {
        return with(Jwt.sign(claims, key, "unused"), method, path, body);
    }

    private HttpResponse<String> asApp(String path) {
        return asApp("GET", path, "", claims());
    }

    private HttpResponse<String> with(String token, String method, String path, String body) {
        return hub.send(hub.request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> createToken(String body) {
        return asApp("POST", "/app/installations/" + installation + "/access_tokens", body, claims());
    }

    private String token(String body) {
        HttpResponse<String> response = createToken(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Hub.json(response).path("token").asText();
    }

    @Test
    void anAppSeesItselfAndItsInstallations() {
        JsonNode self = Hub.json(asApp("/app"));
        JsonNode all = Hub.json(asApp("/app/installations"));
        JsonNode one = Hub.json(asApp("/app/installations/" + installation));

        assertThat(self.path("slug").asText()).isEqualTo("my-bot");
        assertThat(self.path("installations_count").asInt()).isEqualTo(1);
        assertThat(self.path("permissions"))
                .hasToString(
                        "{\"actions\":\"write\",\"checks\":\"write\",\"contents\":\"read\",\"metadata\":\"read\"}");
        assertThat(all.size()).isEqualTo(1);
        assertThat(all.path(0)).isEqualTo(one);
        assertThat(one.path("account").path("login").asText()).isEqualTo(Hub.OWNER);
        assertThat(one.path("repository_selection").asText()).isEqualTo("all");
        for (String path :
                List.of(Hub.repository("/installation"), "/users/acme/installation", "/orgs/acme/installation")) {
            assertThat(Hub.json(asApp(path)).path("id").asLong()).as(path).isEqualTo(installation);
        }
        for (String path :
                List.of("/repos/acme/none/installation", "/users/nobody/installation", "/app/installations/99")) {
            assertThat(asApp(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theClientIdNamesTheAppToo() {
        ObjectNode claims = claims().put("iss", app.app().clientId());

        assertThat(asApp("GET", "/app", "", claims).statusCode()).isEqualTo(200);
    }

    @Test
    void anInstallationTokenMayDoWhatTheAppWasGranted() {
        HttpResponse<String> created = createToken("");
        JsonNode json = Hub.json(created);
        String token = json.path("token").asText();

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(token).startsWith("ghs_");
        assertThat(json.path("expires_at").asText()).isEqualTo("2026-11-21T09:00:00Z");
        assertThat(json.path("repository_selection").asText()).isEqualTo("all");
        assertThat(with(token, "GET", Hub.repository("/contents/" + Hub.WORKFLOW), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(with(token, "POST", Hub.repository("/actions/workflows/job.yml/dispatches"), "{\"ref\":\"main\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(hub.json(Hub.repository("/actions/runs"))
                        .path("workflow_runs")
                        .path(0)
                        .path("actor")
                        .path("login")
                        .asText())
                .isEqualTo("my-bot[bot]");
        HttpResponse<String> push =
                with(token, "GET", hub.github.url() + "/acme/runner.git/info/refs?service=git-receive-pack", "");
        assertThat(push.statusCode()).isEqualTo(403);
        assertThat(with(token, "GET", "/user", "").statusCode()).isEqualTo(403);
    }

    @Test
    void aTokenCanBeMadeForLess() {
        JsonNode json = Hub.json(createToken("{\"repositories\":[\"runner\"],\"permissions\":{\"actions\":\"read\"}}"));
        String token = json.path("token").asText();

        assertThat(json.path("repository_selection").asText()).isEqualTo("selected");
        assertThat(json.path("repositories").path(0).path("full_name").asText()).isEqualTo("acme/runner");
        assertThat(json.path("permissions")).hasToString("{\"actions\":\"read\",\"metadata\":\"read\"}");
        assertThat(with(token, "GET", Hub.repository("/actions/runs"), "").statusCode())
                .isEqualTo(200);
        assertThat(with(token, "GET", Hub.repository("/contents/"), "").statusCode())
                .isEqualTo(403);
        assertThat(with(token, "GET", "/repos/acme/other", "").statusCode()).isEqualTo(404);
        JsonNode list = Hub.json(with(token, "GET", "/installation/repositories", ""));
        assertThat(list.path("total_count").asInt()).isEqualTo(1);
        assertThat(list.path("repositories").path(0).path("name").asText()).isEqualTo("runner");
        long id = list.path("repositories").path(0).path("id").asLong();
        assertThat(Hub.json(createToken("{\"repository_ids\":[" + id + "]}"))
                        .path("repositories")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aTokenIsNeverMadeForMore() {
        HttpResponse<String> more = createToken("{\"permissions\":{\"contents\":\"write\"}}");
        HttpResponse<String> unknown = createToken("{\"permissions\":{\"issues\":\"read\"}}");
        HttpResponse<String> elsewhere = createToken("{\"repositories\":[\"runner\",\"none\"]}");

        HttpResponse<String> none = createToken("{\"permissions\":{\"administration\":\"none\"}}");
        HttpResponse<String> word = createToken("{\"permissions\":{\"administration\":\"everything\"}}");

        for (HttpResponse<String> refused : List.of(more, unknown, none, word)) {
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("The permissions requested are not granted to this installation.");
        }
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(elsewhere.body()).contains("does not exist or is not accessible to the parent installation");
    }

    @Test
    void anInstallationMayBeOfSomeRepositoriesOnly() throws Exception {
        RegisteredApp narrow = hub.github.registerApp("Narrow", Optional.empty(), Map.of("contents", "read"));
        installation = hub.github.installApp(narrow.app().id(), Hub.OWNER, List.of("other"));
        app = narrow;
        key = read(narrow.privateKey().orElseThrow());
        String token = token("");

        assertThat(asApp(Hub.repository("/installation")).statusCode()).isEqualTo(404);
        assertThat(asApp("/repos/acme/other/installation").statusCode()).isEqualTo(200);
        assertThat(createToken("{\"repositories\":[\"runner\"]}").statusCode()).isEqualTo(422);
        assertThat(with(token, "GET", Hub.repository(""), "").statusCode()).isEqualTo(404);
        assertThat(with(token, "GET", "/repos/acme/other", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenEndsAfterAnHourOrWhenItIsRevoked() {
        String revoked = token("");
        String token = token("");

        assertThat(with(revoked, "DELETE", "/installation/token", "").statusCode())
                .isEqualTo(204);
        assertThat(with(revoked, "GET", Hub.repository(""), "").statusCode()).isEqualTo(401);
        clock.advance(Duration.ofMinutes(59));
        assertThat(with(token, "GET", Hub.repository(""), "").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> ended = with(token, "GET", Hub.repository(""), "");
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(Hub.json(ended).path("message").asText()).isEqualTo("Bad credentials");
    }

    @Test
    void whatAnAppSignsMustBeInOrder() throws Exception {
        long now = clock.instant().getEpochSecond();
        KeyPair stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertRefused(asApp("GET", "/app", "", claims().put("exp", now + 661)), 401, "is too far in the future");
        assertRefused(asApp("GET", "/app", "", claims().put("exp", now - 61)), 401, "must be a numeric value");
        assertRefused(asApp("GET", "/app", "", claims().put("exp", "soon")), 401, "must be a numeric value");
        assertRefused(asApp("GET", "/app", "", claims().put("iat", now + 61)), 401, "'Issued at' claim ('iat')");
        assertRefused(asApp("GET", "/app", "", claims().without("exp")), 401, "Missing 'expiration time'");
        assertRefused(asApp("GET", "/app", "", claims().without("iat")), 401, "Missing 'issued at'");
        assertRefused(asApp("GET", "/app", "", claims().without("iss")), 401, "Missing 'issuer'");
        assertRefused(asApp("GET", "/app", "", claims().put("iss", 99)), 404, "Integration not found");
        assertRefused(
                with(Jwt.sign(claims(), stranger.getPrivate(), ""), "GET", "/app", ""), 401, "could not be decoded");
        assertRefused(with(hub.github.token(), "GET", "/app", ""), 401, "could not be decoded");
        assertRefused(hub.send(hub.request("/app")), 401, "could not be decoded");
        assertThat(asApp("GET", "/app", "", claims().put("exp", now + 600)).statusCode())
                .isEqualTo(200);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String words) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Hub.json(response).path("message").asText()).contains(words);
    }

    @Test
    void whatAnAppSignsIsNoTokenForAnythingElse() {
        assertThat(asApp(Hub.repository("")).statusCode()).isEqualTo(401);
        assertThat(hub.get("/installation/repositories").statusCode()).isEqualTo(403);
        assertThat(with(hub.github.token(), "DELETE", "/installation/token", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAppMayBringAKeyOfItsOwn() throws Exception {
        KeyPair own = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        app = hub.github.registerApp("Own Key", Optional.of(Pem.publicKey(own.getPublic())), Map.of());
        key = own.getPrivate();

        assertThat(app.privateKey()).isEmpty();
        assertThat(Hub.json(asApp("/app")).path("name").asText()).isEqualTo("Own Key");
    }

    @Test
    void whatCannotBeRegisteredOrInstalledIsRefused() {
        LocalGitHub github = hub.github;
        assertThatThrownBy(() -> github.registerApp("my bot", Optional.empty(), Map.of()))
                .hasMessageContaining("my bot");
        assertThatThrownBy(() -> github.registerApp("b", Optional.of("nonsense"), Map.of()))
                .hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> github.registerApp("c", Optional.empty(), Map.of("contents", "all")))
                .hasMessageContaining("contents: all");
        assertThatThrownBy(() -> github.installApp(app.app().id(), "acme", List.of()))
                .hasMessageContaining("installed there");
        assertThatThrownBy(() -> github.installApp(99, "acme", List.of())).hasMessageContaining("99");
    }

    @Test
    void appsInstallationsAndTokensOutliveARestart() throws IOException {
        String token = token("");
        hub.close();
        hub = new Hub(LocalGitHub.at(state).clock(clock));

        assertThat(with(token, "GET", Hub.repository(""), "").statusCode()).isEqualTo(200);
        assertThat(Hub.json(asApp("/app")).path("slug").asText()).isEqualTo("my-bot");
    }
}
