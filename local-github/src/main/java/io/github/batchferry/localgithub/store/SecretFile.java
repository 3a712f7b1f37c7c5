package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of secrets, 0600: name to value and times. Files of earlier versions have the value alone; their secrets are as
 * old as the file.
 *
 * @param path the file, which need not exist
 */
record SecretFile(Path path) {
    /** A secret; never to be printed. */
    record Kept(String value, Instant createdAt, Instant updatedAt) {}

    Map<String, Kept> read() throws IOException {
        Map<String, Kept> all = new TreeMap<>();
        if (Files.exists(path)) {
            Instant written = Files.getLastModifiedTime(path).toInstant();
            for (Map.Entry<String, JsonNode> secret :
                    Json.MAPPER.readTree(Files.readAllBytes(path)).properties()) {
                all.put(secret.getKey(), kept(secret.getValue(), written));
            }
        }
        return all;
    }

    private static Kept kept(JsonNode secret, Instant written) throws IOException {
        return secret.isTextual()
                ? new Kept(secret.asText(), written, written)
                : Json.MAPPER.treeToValue(secret, Kept.class);
    }

    void put(String name, String value, Instant now) throws IOException {
        Map<String, Kept> all = read();
        Kept before = all.get(name);
        all.put(name, new Kept(value, before == null ? now : before.createdAt, now));
        write(all);
    }

    boolean remove(String name) throws IOException {
        Map<String, Kept> all = read();
        if (all.remove(name) == null) {
            return false;
        }
        write(all);
        return true;
    }

    private void write(Map<String, Kept> all) throws IOException {
        Files.createDirectories(path.getParent());
        AtomicFile.writeOwnerOnly(path, Json.bytes(all));
    }
}
