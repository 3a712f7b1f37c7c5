package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's REST API as the holder of a token sees it.
 *
 * @param root its address, without a trailing slash
 * @param token whose holder calls
 */
record Api(String root, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    Api(URI root, String token) {
        this(root.toString().replaceAll("/$", ""), token);
    }

    /** The same with another token. */
    Api as(String other) {
        return new Api(root, other);
    }

    /**
     * Sends a call.
     *
     * @param path below the root, or a whole address
     * @param body nothing if empty
     */
    HttpResponse<byte[]> send(String method, String path, String body) {
        return exchange(request(path)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : root + path))
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a call that must be answered with a status; the body of the answer, which is missing if there is none. */
    JsonNode expect(int status, String method, String path, String body) {
        HttpResponse<byte[]> response = send(method, path, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, new String(response.body(), UTF_8))
                .isEqualTo(status);
        return json(response);
    }

    /** Reads what must be there. */
    JsonNode get(String path) {
        return expect(200, "GET", path, "");
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All entries of a list, page by page as the answers lead on; that there are as many as they say is checked.
     *
     * @param key what the entries are called
     */
    List<JsonNode> all(String path, String key) {
        List<JsonNode> entries = new ArrayList<>();
        int total = 0;
        for (Optional<String> next = Optional.of(path); next.isPresent(); ) {
            HttpResponse<byte[]> page = send("GET", next.get(), "");
            assertThat(page.statusCode()).as(next.get()).isEqualTo(200);
            JsonNode body = json(page);
            body.path(key).forEach(entries::add);
            total = body.path("total_count").asInt();
            next = page.headers()
                    .firstValue("Link")
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(link -> link.group(1));
        }
        assertThat(entries).as(path).hasSize(total);
        return entries;
    }

    /** The bytes behind a call that leads elsewhere by 302; there, no token is shown. */
    byte[] file(String path) {
        HttpResponse<byte[]> leading = send("GET", path, "");
        assertThat(leading.statusCode()).as(path).isEqualTo(302);
        HttpResponse<byte[]> file =
                exchange(request(leading.headers().firstValue("Location").orElseThrow()));
        assertThat(file.statusCode()).as(path).isEqualTo(200);
        return file.body();
    }

    /** Creates an empty repository. */
    Repository create(String owner, String name) {
        expect(
                201,
                "POST",
                "/orgs/" + owner + "/repos",
                JSON.createObjectNode().put("name", name).put("private", true).toString());
        return new Repository(this, owner + "/" + name);
    }
}
