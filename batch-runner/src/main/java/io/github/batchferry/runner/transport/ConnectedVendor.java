package io.github.batchferry.runner.transport;

import io.github.batchferry.runner.vendor.DirectVendorAdapter;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAdapter;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A vendor of {@code vendors.yaml} with its adapter, its key and the transport. */
public final class ConnectedVendor implements Vendor {
    private final VendorConfig config;
    private final VendorAdapter adapter;
    private final Optional<String> key;
    private final HttpTransport transport;

    /** @param key the secret named by {@code key_env}; empty where none is configured */
    public ConnectedVendor(VendorConfig config, VendorAdapter adapter, Optional<String> key, HttpTransport transport) {
        this.config = config;
        this.adapter = adapter;
        this.key = key;
        this.transport = transport;
    }

    @Override
    public VendorConfig config() {
        return config;
    }

    @Override
    public CompletableFuture<VendorAnswer> ask(RequestLine request) {
        if (adapter instanceof HttpVendorAdapter http) {
            return transport.send(http.prepare(config, request, key));
        }
        return ((DirectVendorAdapter) adapter).answer(config, request, key);
    }

    @Override
    public Reading read(RequestLine request, VendorAnswer answer) {
        return adapter.read(request.url(), answer);
    }

    /** The name and the kind; never the key. */
    @Override
    public String toString() {
        return config.name() + " (" + adapter.kind() + ")";
    }
}
