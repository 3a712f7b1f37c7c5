package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which parts were, or were about to be, submitted to whom: {@code economy.json} on the results branch. A part is written
 * there before it is submitted, and again with the vendor's id as soon as that is known, so that whoever comes later never
 * submits what may have been submitted. What nobody has tried to submit is not written: a later run divides it anew. That a part is answered is not written: its responses say so. Not thread-safe.
 */
public final class Ledger {
    private static final int SCHEMA_VERSION = 1;

    private final Sha256 requests;
    private final Function<byte[], CompletableFuture<Void>> store;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    /**
     * @param requests digest of the batch's requests
     * @param store takes the whole file; its future ends once the branch has it
     */
    public Ledger(Sha256 requests, Function<byte[], CompletableFuture<Void>> store) {
        this.requests = requests;
        this.store = store;
    }

    /**
     * Takes over what an earlier run wrote.
     *
     * @throws IOException if it is no ledger of these requests, with the reason
     */
    public void load(byte[] file) throws IOException {
        try {
            JsonNode json = JsonSupport.MAPPER.readTree(file);
            if (json.path("schema_version").asInt() != SCHEMA_VERSION) {
                throw new IllegalArgumentException("schema_version is " + json.path("schema_version") + ", this program"
                        + " reads " + SCHEMA_VERSION);
            }
            if (!json.path("requests_sha256").asText().equals(requests.value())) {
                throw new IllegalArgumentException("it is that of other requests");
            }
            json.path("parts").forEach(one -> add(read(one)));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new IOException(
                    "cannot read `" + BatchFiles.ECONOMY + "` of the results branch: " + e.getMessage()
                            + "; without it nobody knows what was submitted to vendors, so dispatch the requests as a"
                            + " new batch",
                    e);
        }
    }

    /** All parts, in the order of their numbers. */
    Collection<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** A number no part has. */
    int nextNumber() {
        return parts.isEmpty() ? 0 : parts.lastKey() + 1;
    }

    /** The vendors' ids of all other parts. */
    Set<String> vendorBatchesBut(Part part) {
        return parts.values().stream()
                .filter(other -> other.number() != part.number())
                .flatMap(other -> other.vendorBatch().stream())
                .collect(Collectors.toSet());
    }

    /** Takes in parts that nobody has tried to submit: their numbers are taken, but the branch need not know them. */
    void plan(Collection<Part> planned) {
        planned.forEach(this::add);
    }

    /** Takes in parts; the future ends once the branch has them. */
    CompletableFuture<Void> put(Part... changed) {
        List.of(changed).forEach(this::add);
        return store.apply(toJson());
    }

    private void add(Part part) {
        parts.put(part.number(), part);
    }

    byte[] toJson() {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("requests_sha256", requests.value());
        ArrayNode list = json.putArray("parts");
        parts.values().stream().filter(part -> part.attempt() > 0).forEach(part -> write(part, list.addObject()));
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Part part, ObjectNode json) {
        json.put("part", part.number());
        json.put("attempt", part.attempt());
        json.put("vendor", part.vendor());
        json.put("url", part.url());
        json.put("requests", part.requests().toString());
        json.put("intended_at", part.intendedAt().map(Instant::toString).orElse(null));
        json.put("vendor_batch", part.vendorBatch().orElse(null));
    }

    private static Part read(JsonNode json) {
        return new Part(
                json.path("part").asInt(),
                json.path("attempt").asInt(),
                json.path("vendor").asText(),
                json.path("url").asText(),
                RequestSet.parse(json.path("requests").asText()),
                text(json, "intended_at").map(Instant::parse),
                text(json, "vendor_batch"));
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.of(json.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
