package io.github.batchferry.runner.vendor.openai;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.JsonCall;
import io.github.batchferry.runner.vendor.KnownAddress;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Kind {@code openai}: OpenAI, vLLM, Ollama, OpenRouter, Groq and the like. Sends the body unchanged to
 * {@code base_url} + {@code url}, with a bearer key only where authentication is configured.
 */
public final class OpenAiAdapter implements HttpVendorAdapter {
    private static final URI DEFAULT_BASE = URI.create("https://api.openai.com");

    private final KnownAddress addresses = new KnownAddress();

    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public Optional<URI> base(VendorConfig vendor) {
        return vendor.baseUrl().or(() -> Optional.of(DEFAULT_BASE));
    }

    @Override
    public URI address(VendorConfig vendor, RequestLine request) {
        return addresses.of(vendor.baseUrl().orElse(DEFAULT_BASE), request.url().value());
    }

    @Override
    public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        HttpRequest.Builder http = JsonCall.to(address(vendor, request), vendor, request);
        credential.ifPresent(known -> http.setHeader("Authorization", "Bearer " + known.secret()));
        return http.build();
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return OpenAiReading.of(answer);
    }

    @Override
    public LimitReport limits(VendorAnswer answer, Instant now) {
        return OpenAiLimits.of(answer);
    }
}
