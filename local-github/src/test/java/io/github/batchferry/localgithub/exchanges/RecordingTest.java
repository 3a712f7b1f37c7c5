package io.github.batchferry.localgithub.exchanges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.batchferry.localgithub.openapi.RecordedExchanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);
    private static final String TOKEN = "ghs_0123456789abcdefghijABCDEFGHIJ012345";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static HttpHandler answering(int status, String type, byte[] body) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        };
    }

    private static HttpHandler answering(String text) {
        return answering(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one request to a handler that is recorded, and gives what was written down. */
    private Exchange record(HttpHandler handler, HttpRequest.Builder request) throws Exception {
        return record(handler, request, true);
    }

    private Exchange record(HttpHandler handler, HttpRequest.Builder request, boolean answered) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExchangeLog log = ExchangeLog.in(folder, CLOCK);
        server.createContext("/", new RecordingHandler(handler, log));
        server.start();
        try {
            URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/path?a=b");
            HttpRequest built = request.uri(target).build();
            if (answered) {
                http.send(built, HttpResponse.BodyHandlers.ofByteArray());
            } else {
                assertThatThrownBy(() -> http.send(built, HttpResponse.BodyHandlers.ofByteArray()))
                        .isInstanceOf(IOException.class);
            }
        } finally {
            server.stop(0);
            log.close();
        }
        List<Exchange> all = RecordedExchanges.in(folder);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static HttpRequest.Builder post(String body) {
        return HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void bothSidesAreWrittenDownAsTheyWere() throws Exception {
        Exchange exchange =
                record(answering("{\"ä\":1}"), post("{\"b\":2}").header("Accept", "application/vnd.github+json"));

        assertThat(exchange.at()).isEqualTo(CLOCK.instant());
        assertThat(exchange.method()).isEqualTo("POST");
        assertThat(exchange.target()).isEqualTo("/path?a=b");
        assertThat(exchange.request().header("accept")).contains("application/vnd.github+json");
        assertThat(exchange.request().body()).isEqualTo(new Exchange.Content("{\"b\":2}", false, 7, false));
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.response().header("content-type")).contains("application/json");
        assertThat(exchange.response().body()).isEqualTo(new Exchange.Content("{\"ä\":1}", false, 8, false));
        assertThat(exchange.answered()).isTrue();
    }

    @Test
    void anAnswerWithoutABodyIsOne() throws Exception {
        Exchange exchange = record(answering(204, "text/plain", new byte[0]), post(""));

        assertThat(exchange.status()).isEqualTo(204);
        assertThat(exchange.response().body()).isEqualTo(new Exchange.Content("", false, 0, false));
    }

    @Test
    void bytesThatAreNoTextAreInBase64() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, 1};

        assertThat(record(answering(200, "application/zip", bytes), post(""))
                        .response()
                        .body())
                .isEqualTo(new Exchange.Content("/wAB", true, 3, false));
    }

    @Test
    void ofALongBodyTheBeginningIsKeptAndNoCharacterIsHalved() throws Exception {
        String text = "x" + "ä".repeat(KeptBytes.LIMIT);

        Exchange.Content body = record(answering(text), post("")).response().body();

        assertThat(body.cut()).isTrue();
        assertThat(body.base64()).isFalse();
        assertThat(body.size()).isEqualTo(1 + 2L * KeptBytes.LIMIT);
        assertThat(body.text()).hasSize(KeptBytes.LIMIT / 2).endsWith("ä");
    }

    @Test
    void nothingThatLetsItsReaderInIsWrittenDown() throws Exception {
        String jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJlc2lnbmF0dXJl";

        Exchange exchange = record(
                answering("{\"token\": \"opaque\\\"secret\",\"seen\":\"" + TOKEN + "\",\"value\":\"" + jwt
                        + "\",\"long\":\"ghs_42_" + jwt + "\"}"),
                post("token " + TOKEN)
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Cookie", "user_session=1")
                        .header("X-Hub-Signature-256", "sha256=00"));

        String file = Files.readString(files().get(0));
        assertThat(file)
                .doesNotContain(TOKEN)
                .doesNotContain(jwt)
                .doesNotContain("opaque")
                .doesNotContain("user_session")
                .doesNotContain("sha256=");
        assertThat(exchange.request().header("authorization")).contains("Bearer");
        assertThat(exchange.response().body().text())
                .isEqualTo("{\"token\": \"***\",\"seen\":\"***\",\"value\":\"***\",\"long\":\"***\"}");
    }

    @Test
    void aLostAnswerIsNoAnswer() throws Exception {
        Exchange exchange = record(
                sent -> {
                    throw new IOException("lost");
                },
                post(""), // Java's client would ask again for what can be got
                false);

        assertThat(exchange.status()).isEqualTo(-1);
        assertThat(exchange.answered()).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() throws Exception {
        Exchange exchange = record(
                sent -> {
                    sent.sendResponseHeaders(200, 100);
                    sent.getResponseBody().write('x');
                    throw new IOException("broken");
                },
                HttpRequest.newBuilder(),
                false);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.answered()).isFalse();
    }

    @Test
    void everyLogHasAFileOfItsOwnForItsOwnerOnly() throws Exception {
        ExchangeLog.in(folder.resolve("new"), CLOCK).close();
        ExchangeLog.in(folder.resolve("new"), CLOCK).close();

        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> ExchangeLog.in(file, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot record exchanges in `" + file + "`; name a folder to write to");
    }

    @Test
    void aLineThatAKilledServerDidNotEndIsPassedOver() throws Exception {
        record(answering("{}"), post(""));
        Files.writeString(files().get(0), "{\"at\":\"2026", StandardOpenOption.APPEND);

        assertThat(RecordedExchanges.in(folder)).hasSize(1);
        assertThat(RecordedExchanges.in(folder.resolve("none"))).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
