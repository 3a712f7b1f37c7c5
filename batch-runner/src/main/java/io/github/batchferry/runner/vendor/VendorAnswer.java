package io.github.batchferry.runner.vendor;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What came back from a vendor, whatever its status.
 *
 * @param statusCode HTTP status
 * @param headers HTTP headers; none from vendors without HTTP
 * @param body the whole body; not copied, do not modify
 */
public record VendorAnswer(int statusCode, HttpHeaders headers, byte[] body) {
    /** An answer without headers. */
    public static VendorAnswer of(int statusCode, String body) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        return new VendorAnswer(statusCode, none, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the status is a 2xx. */
    public boolean isSuccess() {
        return statusCode >= 200 && statusCode < 300;
    }

    /** The first value of a header, its name in any case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
