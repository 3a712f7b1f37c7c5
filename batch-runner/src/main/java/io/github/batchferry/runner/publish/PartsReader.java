package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Reads files of responses one after the other, keeping only what the requests are called. Not thread-safe. */
final class PartsReader {
    private final Tally tally;

    // Mutable state
    private final Set<CustomId> answered = new HashSet<>();
    private final List<BatchSummary.Part> parts = new ArrayList<>();

    /** @param tally counts the first response of every request */
    PartsReader(Tally tally) {
        this.tally = tally;
    }

    /** Reads a part to its end and closes it. */
    BatchSummary.Part read(String name, InputStream file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        LongAdder lines = new LongAdder();
        try (CountingStream bytes = new CountingStream(file)) {
            ResponseScan.read(new DigestInputStream(bytes, digest), (response, line) -> {
                lines.increment();
                if (answered.add(response.customId())) {
                    tally.add(response);
                }
            });
            BatchSummary.Part part = new BatchSummary.Part(name, lines.sum(), bytes.count(), Sha256.finish(digest));
            parts.add(part);
            return part;
        }
    }

    /** Whether a part of that name was read. */
    boolean hasRead(String name) {
        return parts.stream().anyMatch(part -> part.name().equals(name));
    }

    /** The requests with a response in what was read. */
    Set<CustomId> answered() {
        return Collections.unmodifiableSet(answered);
    }

    /** What was read, in that order. */
    List<BatchSummary.Part> parts() {
        return List.copyOf(parts);
    }

    /** Lowest number that none of the parts has, nor any later one. */
    int nextPart() {
        return parts.stream()
                .map(BatchSummary.Part::name)
                .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('-') + 1, name.indexOf('.'))) + 1)
                .max()
                .orElse(0);
    }
}
