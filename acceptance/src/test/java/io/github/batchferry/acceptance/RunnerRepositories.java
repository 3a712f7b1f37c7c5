package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A GitHub without anything of ferry, a repository on it, and a user at a command line elsewhere who has a token. */
final class RunnerRepositories implements Closeable {
    static final String NAME = "acme/eval-runner";
    static final String TARGET = "cloud";

    private static final String VARIABLE = "RUNNER_TOKEN";

    final LocalGitHub github;
    final Repository repository;
    private final Path home;

    RunnerRepositories(Path home) throws IOException {
        this(home, Embedded.start(home));
    }

    RunnerRepositories(Path home, LocalGitHub github) throws IOException {
        this.home = home;
        this.github = github;
        this.repository = new Api(github.apiUrl(), github.token()).create("acme", "eval-runner");
        Files.writeString(home.resolve("targets.yaml"), """
                targets:
                  - name: %s
                    provider: github-actions
                    repo: %s
                    api_url: %s
                    token_env: %s
                """.formatted(TARGET, NAME, github.apiUrl(), VARIABLE));
    }

    /** Runs ferry with the token of the owner. */
    FerryProcess.Result ferry(String... arguments) {
        return as(github.token(), arguments);
    }

    /** Runs ferry with another token. */
    FerryProcess.Result as(String token, String... arguments) {
        return FerryProcess.start(home, Map.of(VARIABLE, token), "", arguments).result();
    }

    /** Starts ferry with the token of the owner. */
    FerryProcess start(String... arguments) {
        return FerryProcess.start(home, Map.of(VARIABLE, github.token()), "", arguments);
    }

    FerryProcess.Result initRunner(String... more) {
        return initRunnerAs(github.token(), more);
    }

    FerryProcess.Result initRunnerAs(String token, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("init-runner", NAME, "--api-url", github.apiUrl().toString(), "--token-env", VARIABLE));
        arguments.addAll(List.of(more));
        return as(token, arguments.toArray(String[]::new));
    }

    FerryProcess.Result doctor(String... more) {
        return doctorAs(github.token(), more);
    }

    FerryProcess.Result doctorAs(String token, String... more) {
        List<String> arguments = new ArrayList<>(List.of("doctor", "--target", TARGET));
        arguments.addAll(List.of(more));
        return as(token, arguments.toArray(String[]::new));
    }

    /** Replaces a file of the default branch. */
    void replace(String path, byte[] content) throws IOException {
        github.commit("acme", "eval-runner", "Replace " + path, Map.of(path, content));
    }

    /** The text of a file of the default branch. */
    String text(String path) {
        String content = repository
                .api()
                .get(repository.path("/contents/" + path))
                .path("content")
                .asText();
        return new String(Base64.getMimeDecoder().decode(content), UTF_8);
    }

    /** A token of an App that is installed on the account, with these permissions. */
    String appToken(Map<String, String> permissions) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        RegisteredApp app = github.registerApp("reader", Optional.of(pem), permissions);
        long installation = github.installApp(app.app().id(), "acme", List.of());
        return repository
                .api()
                .as(jwt(pair, app.app().id()))
                .expect(201, "POST", "/app/installations/" + installation + "/access_tokens", "")
                .path("token")
                .asText();
    }

    private static String jwt(KeyPair pair, long app) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64("{\"iss\":\"%d\",\"iat\":%d,\"exp\":%d}"
                        .formatted(app, now - 10, now + 60)
                        .getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        github.close();
    }
}
