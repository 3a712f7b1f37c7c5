package io.github.batchferry.runner.vendor.openai;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Kind {@code openai}: OpenAI, vLLM, Ollama, OpenRouter, Groq and the like. Sends the body unchanged to
 * {@code base_url} + {@code url}, with a bearer key only where {@code key_env} is configured.
 */
public final class OpenAiAdapter implements HttpVendorAdapter {
    private static final URI DEFAULT_BASE = URI.create("https://api.openai.com");
    private static final String VERSION = "/v1";

    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        HttpRequest.Builder http = HttpRequest.newBuilder(
                        address(vendor.baseUrl().orElse(DEFAULT_BASE), request.url()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().toByteArray()));
        credential.ifPresent(known -> http.header("Authorization", "Bearer " + known.secret()));
        return http.build();
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return OpenAiReading.of(answer);
    }

    /** The address asked: {@code /v1} is not repeated where the base already ends with it, as most servers document it. */
    static URI address(URI base, EndpointPath url) {
        String path = url.value();
        boolean repeated = base.getPath().endsWith(VERSION) && path.startsWith(VERSION + "/");
        return URI.create(base + (repeated ? path.substring(VERSION.length()) : path));
    }
}
