package io.github.batchferry.runner.credentials;

import io.github.batchferry.runner.vendor.AnswerJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Gets from GitHub what proves the identity of this job (OpenID Connect): a signed token that lives for five minutes, hence a
 * fresh one each time. GitHub offers this to jobs with the permission {@code id-token: write} only.
 */
final class IdentityTokens {
    private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    private final String url;
    private final String token;
    private final HttpDoor door;
    private final Consumer<String> secrets;

    /** @param secrets told of every token before anybody else is */
    IdentityTokens(Map<String, String> environment, HttpDoor door, Consumer<String> secrets) {
        this.url = environment.getOrDefault(URL, "").strip();
        this.token = environment.getOrDefault(TOKEN, "").strip();
        this.door = door;
        this.secrets = secrets;
    }

    /** Whether GitHub lets this job prove who it is. */
    boolean areOffered() {
        return !url.isEmpty() && HeaderSafe.is(token);
    }

    /** What the job asks GitHub with, a secret, where there is one. */
    Optional<String> requestToken() {
        return Optional.of(token).filter(known -> !known.isEmpty());
    }

    /** A fresh token for an audience. Fails with an {@link java.io.IOException}. */
    CompletableFuture<String> fresh(String audience) {
        String separator = url.contains("?") ? "&" : "?";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + separator + "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8)))
                .header("Authorization", "bearer " + token)
                .header("Accept", "application/json")
                .build();
        return door.ask(request, "GitHub").thenApply(answer -> {
            String value = AnswerJson.text(answer.path("value"))
                    .filter(HeaderSafe::is)
                    .orElseThrow(() -> HttpDoor.refusal("GitHub answered without a token", false));
            secrets.accept(value);
            return value;
        });
    }
}
