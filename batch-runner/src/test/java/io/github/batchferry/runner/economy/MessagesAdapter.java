package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/** As much of an adapter for Anthropic as batches need. */
public final class MessagesAdapter implements HttpVendorAdapter {
    @Override
    public String kind() {
        return "anthropic";
    }

    public Optional<URI> base(VendorConfig vendor) {
        return vendor.baseUrl();
    }

    public URI address(VendorConfig vendor, RequestLine request) {
        return URI.create(vendor.baseUrl().orElseThrow() + request.url().value());
    }

    @Override
    public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        return HttpRequest.newBuilder(address(vendor, request))
                .header("x-api-key", credential.orElseThrow().secret())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().toByteArray()))
                .build();
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        try {
            JsonNode body = JsonSupport.MAPPER.readTree(answer.body());
            if (!answer.isSuccess()) {
                return Reading.of(
                        StatusVerdicts.of(answer, body.at("/error/message").asText()), Optional.empty());
            }
            JsonNode usage = body.path("usage");
            return new Reading(
                    new Verdict.Success(),
                    Optional.empty(),
                    Optional.of(body.at("/content/0/text").asText()),
                    Optional.of(new TokenUsage(
                            usage.path("input_tokens").asLong(),
                            usage.path("output_tokens").asLong(),
                            0,
                            0,
                            0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
