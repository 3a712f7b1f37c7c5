package io.github.batchferry.runner.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.runner.vendor.VendorAnswer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class HttpTransportTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final HttpTransport transport = HttpTransport.forVendors();

    private static HttpRequest request(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/x"))
                .build();
    }

    @Test
    void givesEveryStatusBackWithHeadersAndBody() {
        SERVER.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withStatus(503)
                        .withHeader("Retry-After", "7")
                        .withBody("later")));

        VendorAnswer answer = transport.send(request(SERVER.getPort())).join();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("retry-after")).contains("7");
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("later");
    }

    @Test
    void aDownloadReplacesTheFileAndARefusalLeavesItAlone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "what a broken download left");
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(404).withBody("gone")));
        VendorAnswer refused =
                transport.download(request(SERVER.getPort()), file).join();
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).asString(StandardCharsets.UTF_8).isEqualTo("gone");
        assertThat(file).hasContent("what a broken download left");

        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody("whole")));
        VendorAnswer taken = transport.download(request(SERVER.getPort()), file).join();

        assertThat(taken.isSuccess()).isTrue();
        assertThat(taken.body()).isEmpty();
        assertThat(file).hasContent("whole");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyBrokenConnectionIsAnIoError(Fault fault) {
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withFault(fault)));

        assertThatThrownBy(() -> transport.send(request(SERVER.getPort())).get())
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void refusedConnectionsAreIoErrors() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        assertThatThrownBy(() -> transport.send(request(unused)).get()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anAnswerCutOffInItsBodyIsAnIoError() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<VendorAnswer> answer = transport.send(request(server.getLocalPort()));
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes());
            }
            assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void cancellingClosesTheConnectionOfAStalledBody() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<VendorAnswer> answer = transport.send(request(server.getLocalPort()));
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(10_000);
                connection.getInputStream().readNBytes(10);
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes());
                connection.getOutputStream().flush();
                assertThat(answer).isNotDone();

                answer.cancel(true);

                // the client's end of file or reset; a read that times out would fail the test
                await().atMost(10, TimeUnit.SECONDS).until(() -> isClosed(connection));
            }
        }
    }

    @Test
    void refusesAnswersThatNoResponseLineCanCarry() {
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody(new byte[HttpTransport.MAX_ANSWER_BYTES + 1])));

        assertThatThrownBy(() -> transport.send(request(SERVER.getPort())).get())
                .rootCause()
                .isInstanceOf(AnswerTooLargeException.class)
                .hasMessage("the vendor's answer is larger than 16777216 bytes");
    }

    private static boolean isClosed(Socket connection) {
        try {
            return connection.getInputStream().readAllBytes().length >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void closingEndsTheClientAndDoesNotWaitForCallsUnderWay() {
        ClosableClient client = new ClosableClient();
        HttpTransport closing = new HttpTransport(() -> client);
        assertThatThrownBy(() -> closing.send(request(SERVER.getPort()))).isInstanceOf(IllegalStateException.class);

        closing.close();

        assertThat(client.closedWhileInterrupted).isCompletedWithValue(true);
    }

    @Test
    void closingMakesNoClient() {
        new HttpTransport(() -> {
                    throw new AssertionError("made");
                })
                .close();
    }

    /** A client as JDKs from 21 on have it: closing waits for calls under way, unless the thread is interrupted. */
    private static final class ClosableClient extends HttpClient implements AutoCloseable {
        private final HttpClient unused = HttpClient.newHttpClient();
        private final CompletableFuture<Boolean> closedWhileInterrupted = new CompletableFuture<>();

        @Override
        public void close() {
            closedWhileInterrupted.complete(Thread.currentThread().isInterrupted());
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            throw new IllegalStateException("no calls here");
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> promises) {
            throw new IllegalStateException("no calls here");
        }

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            throw new IllegalStateException("no calls here");
        }

        @Override
        public Optional<CookieHandler> cookieHandler() {
            return unused.cookieHandler();
        }

        @Override
        public Optional<Duration> connectTimeout() {
            return unused.connectTimeout();
        }

        @Override
        public Redirect followRedirects() {
            return unused.followRedirects();
        }

        @Override
        public Optional<ProxySelector> proxy() {
            return unused.proxy();
        }

        @Override
        public SSLContext sslContext() {
            return unused.sslContext();
        }

        @Override
        public SSLParameters sslParameters() {
            return unused.sslParameters();
        }

        @Override
        public Optional<Authenticator> authenticator() {
            return unused.authenticator();
        }

        @Override
        public Version version() {
            return unused.version();
        }

        @Override
        public Optional<Executor> executor() {
            return unused.executor();
        }
    }
}
