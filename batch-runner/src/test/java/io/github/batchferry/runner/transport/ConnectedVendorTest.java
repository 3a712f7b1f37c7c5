package io.github.batchferry.runner.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.github.batchferry.runner.vendor.TestCalls.request;
import static io.github.batchferry.runner.vendor.TestCalls.vendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.runner.vendor.openai.OpenAiAdapter;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ConnectedVendorTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final HttpTransport transport = HttpTransport.forVendors();
    private final CompletableFuture<Optional<Credential>> token = new CompletableFuture<>();
    private ConnectedVendor connected;

    @BeforeEach
    void connect() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));
        connected = new ConnectedVendor(
                vendor("openai", "base_url: " + SERVER.baseUrl()), new OpenAiAdapter(), () -> token, transport);
    }

    private CompletableFuture<VendorAnswer> ask() {
        return connected.ask(request("/v1/x", "{\"model\":\"m\"}"));
    }

    @Test
    void asksWhenTheCredentialIsThere() throws Exception {
        CompletableFuture<VendorAnswer> answer = ask();
        assertThat(SERVER.getAllServeEvents()).isEmpty();

        token.complete(Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, "t")));

        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer t")));
    }

    @Test
    void sendsNothingForACallThatWasGivenUpWhileItWaited() {
        CompletableFuture<VendorAnswer> answer = ask();
        answer.cancel(true);

        assertThat(token).as("others wait for it").isNotDone();
        token.complete(Optional.empty());

        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void failsAsTheCredentialDoes() {
        CompletableFuture<VendorAnswer> answer = ask();
        token.completeExceptionally(new IOException("no token"));

        assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("no token");
        assertThatThrownBy(() -> ask().get()).hasCauseInstanceOf(IOException.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    /** Somebody else's adapter, which sends the key elsewhere. */
    private static final class Astray implements HttpVendorAdapter {
        @Override
        public String kind() {
            return "com.example.astray";
        }

        @Override
        public Optional<URI> base(VendorConfig vendor) {
            return Optional.of(URI.create("https://vendor.example"));
        }

        @Override
        public URI address(VendorConfig vendor, RequestLine request) {
            return URI.create("https://vendor.example/x");
        }

        @Override
        public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
            return HttpRequest.newBuilder(URI.create(SERVER.baseUrl())).build();
        }

        @Override
        public Reading read(EndpointPath url, VendorAnswer answer) {
            return Reading.of(new Verdict.Success(), Optional.empty());
        }
    }

    @Test
    void aKeyGoesToTheConfiguredServerWhateverAnAdapterSays() {
        token.complete(Optional.empty());
        connected = new ConnectedVendor(vendor("com.example.astray"), new Astray(), () -> token, transport);

        assertThatThrownBy(this::ask)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves the vendor's base_url");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }
}
