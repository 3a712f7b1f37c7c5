package io.github.batchferry.runner.transport;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.CredentialSource;
import io.github.batchferry.runner.vendor.DirectVendorAdapter;
import io.github.batchferry.runner.vendor.EndpointAddress;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.NotSentException;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAdapter;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A vendor of {@code vendors.yaml} with its adapter, its key and the transport. */
public final class ConnectedVendor implements Vendor {
    private final VendorConfig config;
    private final VendorAdapter adapter;
    private final CredentialSource credentials;
    private final HttpTransport transport;

    /** @param credentials asked before every call */
    public ConnectedVendor(
            VendorConfig config, VendorAdapter adapter, CredentialSource credentials, HttpTransport transport) {
        this.config = config;
        this.adapter = adapter;
        this.credentials = credentials;
        this.transport = transport;
    }

    @Override
    public VendorConfig config() {
        return config;
    }

    @Override
    public CompletableFuture<VendorAnswer> ask(RequestLine request) {
        CompletableFuture<Optional<Credential>> known = credentials.current();
        if (known.isDone() && !known.isCompletedExceptionally()) {
            return ask(request, known.join());
        }
        return askOnce(known, request);
    }

    /** Asks when the credential is there. Giving the call up leaves the credential, which others wait for, alone. */
    private CompletableFuture<VendorAnswer> askOnce(
            CompletableFuture<Optional<Credential>> known, RequestLine request) {
        CompletableFuture<VendorAnswer> answer = new CompletableFuture<>();
        known.handle(ConnectedVendor::orNotSent)
                .thenAccept(credential -> {
                    // given up while it waited: nothing is sent
                    if (!answer.isDone()) {
                        follow(ask(request, credential), answer);
                    }
                })
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(
                                failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
        return answer;
    }

    private static Optional<Credential> orNotSent(Optional<Credential> credential, Throwable failure) {
        if (failure == null) {
            return credential;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        throw new CompletionException(cause instanceof IOException missing ? new NotSentException(missing) : cause);
    }

    private static void follow(CompletableFuture<VendorAnswer> sent, CompletableFuture<VendorAnswer> answer) {
        sent.whenComplete((came, failure) -> {
            if (failure == null) {
                answer.complete(came);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        answer.whenComplete((came, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
            }
        });
    }

    private CompletableFuture<VendorAnswer> ask(RequestLine request, Optional<Credential> credential) {
        if (adapter instanceof HttpVendorAdapter http) {
            HttpRequest prepared = http.prepare(config, request, credential);
            // adapters of others are held to the same: a key goes to the configured server only
            http.base(config).ifPresent(base -> EndpointAddress.requireSameServer(base, prepared.uri()));
            return transport.send(prepared);
        }
        return ((DirectVendorAdapter) adapter).answer(config, request, credential);
    }

    /**
     * Makes an HTTP request for a path below the vendor's base URL as its adapter would, with today's credential, so that
     * others may ask what the adapter does not.
     *
     * @throws IllegalStateException if the vendor is not asked over HTTP
     */
    public CompletableFuture<HttpRequest> prepare(RequestLine request) {
        if (!(adapter instanceof HttpVendorAdapter http)) {
            throw new IllegalStateException(this + " is not asked over HTTP");
        }
        return credentials.current().thenApply(credential -> http.prepare(config, request, credential));
    }

    /** What sends to it. */
    public HttpTransport transport() {
        return transport;
    }

    @Override
    public Reading read(RequestLine request, VendorAnswer answer) {
        return adapter.read(request.url(), answer);
    }

    @Override
    public LimitReport limits(VendorAnswer answer, Instant now) {
        return adapter.limits(answer, now);
    }

    /** The name and the kind; never the key. */
    @Override
    public String toString() {
        return config.name() + " (" + adapter.kind() + ")";
    }
}
