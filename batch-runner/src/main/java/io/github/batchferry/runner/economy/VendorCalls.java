package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.transport.ConnectedVendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls of a vendor beside those of its adapter, to the same base URL with the same headers. A call fails with a
 * {@link RefusedException} if the vendor certainly did not do it, with an {@link IOException} if that is not known.
 */
final class VendorCalls {
    /** A file of 190 MB through a slow network. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(20);

    private static final String JSON = "application/json";

    private final ConnectedVendor vendor;

    VendorCalls(ConnectedVendor vendor) {
        this.vendor = vendor;
    }

    /** @param query what follows the path, from {@code ?} on; may be empty */
    CompletableFuture<JsonNode> get(String path, String query) {
        return request(path, http -> {
                    URI address = http.uri();
                    return HttpRequest.newBuilder(http, (name, value) -> !isContentType(name))
                            .uri(URI.create(address + query))
                            .GET()
                            .build();
                })
                .thenCompose(request -> limited(vendor.transport().send(request)))
                .thenCompose(VendorCalls::json);
    }

    CompletableFuture<JsonNode> post(String path, String json) {
        return post(path, JSON, HttpRequest.BodyPublishers.ofString(json));
    }

    CompletableFuture<JsonNode> post(String path, String contentType, BodyPublisher body) {
        return request(
                        path,
                        http -> HttpRequest.newBuilder(http, (name, value) -> !isContentType(name))
                                .setHeader("Content-Type", contentType)
                                .POST(body)
                                .build())
                .thenCompose(request -> limited(vendor.transport().send(request)))
                .thenCompose(VendorCalls::json);
    }

    /** Fetches something large into a file, which is replaced. */
    CompletableFuture<Void> download(String path, Path file) {
        return request(
                        path,
                        http -> HttpRequest.newBuilder(http, (name, value) -> !isContentType(name))
                                // results are lines of JSON or a file: whatever it is, it is taken
                                .setHeader("Accept", "*/*")
                                .GET()
                                .build())
                .thenCompose(request -> limited(vendor.transport().download(request, file)))
                .thenCompose(answer -> answer.isSuccess() ? done() : CompletableFuture.failedFuture(failure(answer)));
    }

    /** The address of a path, to which the vendor's key may be sent. */
    CompletableFuture<URI> address(String path) {
        return request(path, Function.identity()).thenApply(HttpRequest::uri);
    }

    private CompletableFuture<HttpRequest> request(String path, Function<HttpRequest, HttpRequest> finish) {
        return vendor.prepare(nothing(path)).thenApply(finish);
    }

    /** A request by which the adapter shows where it would go and with what headers. */
    private static RequestLine nothing(String path) {
        try {
            RawJson body = RawJson.parse("{\"model\":\"none\"}".getBytes(StandardCharsets.UTF_8));
            return RequestLineComposer.compose(new CustomId("none"), new EndpointPath(path), Optional.empty(), body);
        } catch (MalformedJsonException e) {
            throw new AssertionError("written above", e);
        }
    }

    private static boolean isContentType(String name) {
        return name.equalsIgnoreCase("Content-Type");
    }

    private static CompletableFuture<VendorAnswer> limited(CompletableFuture<VendorAnswer> call) {
        return call.copy().orTimeout(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS).exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            if (cause instanceof TimeoutException) {
                call.cancel(true);
                cause = new IOException("no complete answer within " + LONGEST_CALL.toMinutes() + " min");
            }
            return CompletableFuture.failedFuture(cause);
        });
    }

    private static CompletableFuture<JsonNode> json(VendorAnswer answer) {
        if (!answer.isSuccess()) {
            return CompletableFuture.failedFuture(failure(answer));
        }
        try {
            return CompletableFuture.completedFuture(JsonSupport.MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new IOException("the vendor's answer is not JSON", e));
        }
    }

    private static Exception failure(VendorAnswer answer) {
        RefusedException refused = RefusedException.of(answer);
        return RefusedException.isRefusal(answer) ? refused : new IOException(refused.getMessage());
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** What really failed, without the wrapping of futures. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
