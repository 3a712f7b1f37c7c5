package io.github.batchferry.runner.vendor.anthropic;

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
import io.github.batchferry.wire.vendors.VendorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Kind {@code anthropic}: {@code /v1/messages}. A key goes into {@code x-api-key}; an access token goes into
 * {@code Authorization} with the beta flag that such tokens need, and then there is no {@code x-api-key}.
 */
public final class AnthropicAdapter implements HttpVendorAdapter {
    private static final URI DEFAULT_BASE = URI.create("https://api.anthropic.com");
    private static final String DEFAULT_VERSION = "2023-06-01";
    private static final String BETA = "anthropic-beta";
    private static final String TOKEN_BETA = "oauth-2025-04-20";

    private final KnownAddress addresses = new KnownAddress();

    @Override
    public String kind() {
        return "anthropic";
    }

    @Override
    public Set<String> settings() {
        return Set.of(VendorSettings.ANTHROPIC_VERSION, VendorSettings.HEADERS);
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
        HttpRequest.Builder http = JsonCall.to(address(vendor, request), vendor, request)
                .setHeader(
                        "anthropic-version",
                        vendor.settings().anthropicVersion().orElse(DEFAULT_VERSION));
        credential.ifPresent(known -> {
            switch (known.scheme()) {
                case API_KEY -> http.setHeader("x-api-key", known.secret());
                case ACCESS_TOKEN ->
                    http.setHeader("Authorization", "Bearer " + known.secret()).setHeader(BETA, betas(vendor));
            }
        });
        return http.build();
    }

    private static String betas(VendorConfig vendor) {
        String configured = vendor.settings().headers().get(BETA);
        return configured == null ? TOKEN_BETA : configured + "," + TOKEN_BETA;
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return AnthropicReading.of(answer);
    }

    @Override
    public LimitReport limits(VendorAnswer answer, Instant now) {
        return AnthropicLimits.of(answer, now);
    }
}
