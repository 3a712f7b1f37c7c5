package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody who signed in to the pages for people with the user's token. */
final class Browser {
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String root;

    Browser(Api user) {
        this.root = user.root();
        HttpResponse<String> welcome = send(HttpRequest.newBuilder(URI.create(root + "/_open"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + user.token())));
        assertThat(welcome.statusCode()).as(welcome.body()).isEqualTo(200);
    }

    /** The HTML of a page. */
    String page(String path) {
        HttpResponse<String> page =
                send(HttpRequest.newBuilder(URI.create(root + path)).header("Accept", "text/html"));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
