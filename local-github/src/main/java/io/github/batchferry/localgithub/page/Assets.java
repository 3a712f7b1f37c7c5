package io.github.batchferry.localgithub.page;

import io.github.batchferry.localgithub.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The files that pages are made of; they hold nothing private. */
final class Assets {
    /** Where browsers find the icon. */
    static final String ICON = "/favicon.svg";

    private static final Map<String, String> TYPES = Map.of(
            "/_page/style.css",
            "text/css; charset=utf-8",
            "/_page/page.js",
            "text/javascript; charset=utf-8",
            ICON,
            "image/svg+xml");

    private Assets() {}

    static Optional<Response> find(String path) throws IOException {
        String type = TYPES.get(path);
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = Assets.class.getResourceAsStream(path.substring(path.lastIndexOf('/') + 1))) {
            byte[] bytes = in.readAllBytes();
            return Optional.of(Response.bytes(type, bytes.length, () -> new ByteArrayInputStream(bytes)));
        }
    }
}
