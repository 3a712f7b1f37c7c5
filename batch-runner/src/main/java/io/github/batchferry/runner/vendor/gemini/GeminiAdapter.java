package io.github.batchferry.runner.vendor.gemini;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.JsonCall;
import io.github.batchferry.runner.vendor.KnownAddress;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Kind {@code gemini}: {@code /v1beta/models/{model}:generateContent}; the model stands in the url. A key goes into
 * {@code x-goog-api-key}, an access token into {@code Authorization}. Gemini tells nothing about its limits in headers.
 */
public final class GeminiAdapter implements HttpVendorAdapter {
    private static final URI DEFAULT_BASE = URI.create("https://generativelanguage.googleapis.com");

    private final KnownAddress addresses = new KnownAddress();

    @Override
    public String kind() {
        return "gemini";
    }

    @Override
    public Optional<URI> base(VendorConfig vendor) {
        return vendor.baseUrl().or(() -> Optional.of(DEFAULT_BASE));
    }

    /** Gemini's API knows no url without a model: its compatible endpoint is asked by the kind {@code openai}. */
    @Override
    public URI address(VendorConfig vendor, RequestLine request) {
        if (request.url().model().isEmpty()) {
            throw new IllegalArgumentException("expected a url such as /v1beta/models/<model>:generateContent");
        }
        return addresses.of(vendor.baseUrl().orElse(DEFAULT_BASE), request.url().value());
    }

    @Override
    public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        HttpRequest.Builder http = JsonCall.to(address(vendor, request), vendor, request);
        credential.ifPresent(known -> {
            switch (known.scheme()) {
                case API_KEY -> http.setHeader("x-goog-api-key", known.secret());
                case ACCESS_TOKEN -> http.setHeader("Authorization", "Bearer " + known.secret());
            }
        });
        return http.build();
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return GeminiReading.of(answer);
    }
}
