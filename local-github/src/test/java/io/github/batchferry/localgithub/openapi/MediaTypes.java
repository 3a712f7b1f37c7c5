package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import java.util.regex.Pattern;

/** The forms in which GitHub gives the same thing. */
final class MediaTypes {
    private static final Pattern PLAIN =
            Pattern.compile("application/vnd\\.github\\.(?:[\\w-]+\\.)?(?:raw|html|diff|patch|sha|text)\\b"
                    + "|application/octet-stream");

    private MediaTypes() {}

    /**
     * Whether an answer is the thing itself instead of JSON about it, because the caller asked for that: the bytes of a file,
     * a diff, a patch, a checksum. GitHub documents these in prose only.
     */
    static boolean isPlain(Exchange exchange) {
        return exchange.status() == 200
                && PLAIN.matcher(exchange.request().header("Accept").orElse("")).find()
                && !exchange.response().header("Content-Type").orElse("").startsWith("application/json");
    }
}
