package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.net.http.HttpRequest;

/** What the HTTP requests of all adapters have in common. */
public final class JsonCall {
    private JsonCall() {}

    /** A POST of the request's body, byte for byte, with the configured headers; authentication is the adapter's. */
    public static HttpRequest.Builder to(URI address, VendorConfig vendor, RequestLine request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(address);
        vendor.settings().headers().forEach(http::setHeader);
        return http.setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().toByteArray()));
    }
}
