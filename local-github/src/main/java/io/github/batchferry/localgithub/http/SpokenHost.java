package io.github.batchferry.localgithub.http;

import io.github.batchferry.localgithub.server.Addresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the answers to a call that came over this server as a proxy lead back the way it came: programs such as gh send
 * their token only to the host they know. Pages for people, and links that need no token, keep the real address.
 */
final class SpokenHost {
    private static final List<String> FOLDERS = List.of(
            "/repos/",
            "/users/",
            "/orgs/",
            "/user",
            "/app",
            "/installation",
            "/rate_limit",
            "/" + Addresses.UPLOADS + "/");

    private final URI target;
    private final Addresses addresses;

    /** @param target the target of the call, which is absolute when it came to a proxy */
    SpokenHost(URI target, Addresses addresses) {
        this.target = target;
        this.addresses = addresses;
    }

    Response apply(Response response) throws IOException {
        if (!target.isAbsolute()
                || target.getAuthority().equals(addresses.root().getAuthority())) {
            return response;
        }
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.computeIfPresent("Link", (name, link) -> translate(link, "<"));
        headers.computeIfPresent(
                "Location", (name, link) -> translate("<" + link, "<").substring(1));
        if (!headers.getOrDefault("Content-Type", "").startsWith("application/json")) {
            return new Response(response.status(), headers, response.size(), response.body());
        }
        try (InputStream in = response.body().open()) {
            String json = translate(new String(in.readAllBytes(), StandardCharsets.UTF_8), "\"");
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return new Response(response.status(), headers, bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    private String translate(String text, String before) {
        String translated = text;
        for (String folder : FOLDERS) {
            translated = translated.replace(
                    before + addresses.api() + folder,
                    before + "http://" + target.getAuthority()
                            + addresses.mode().apiRoot() + folder);
        }
        return translated;
    }
}
