package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Requests that are, or are to be, one batch of a vendor.
 *
 * @param number its place among all parts, from 0
 * @param attempt how often it was to be submitted, 0 before the first time
 * @param vendor name of the vendor
 * @param url endpoint of its requests
 * @param requests numbers of its requests
 * @param intendedAt when the current attempt was about to be submitted; empty if it is not to be yet
 * @param vendorBatch the vendor's id of the batch it became; empty while that is not known
 */
record Part(
        int number,
        int attempt,
        String vendor,
        String url,
        RequestSet requests,
        Optional<Instant> intendedAt,
        Optional<String> vendorBatch) {
    /** A part that nobody has tried to submit. */
    static Part planned(int number, String vendor, String url, RequestSet requests) {
        return new Part(number, 0, vendor, url, requests, Optional.empty(), Optional.empty());
    }

    /** It is about to be submitted, once more or for the first time. */
    Part intended(Instant now) {
        return new Part(number, attempt + 1, vendor, url, requests, Optional.of(now), Optional.empty());
    }

    /** The vendor took it. */
    Part submitted(String id) {
        return new Part(number, attempt, vendor, url, requests, intendedAt, Optional.of(id));
    }

    /** It certainly is no batch at the vendor, and may be submitted. */
    Part withdrawn() {
        return new Part(number, attempt, vendor, url, requests, Optional.empty(), Optional.empty());
    }

    /** The same for other requests. */
    Part with(int otherNumber, RequestSet others) {
        return new Part(otherNumber, attempt, vendor, url, others, Optional.empty(), Optional.empty());
    }

    /**
     * 16 hex digits that no other part, attempt or batch has, by which a batch at the vendor is recognised as this attempt
     * at this part.
     */
    String tag(BatchId batch) {
        String all = batch + "\n" + number + "\n" + attempt + "\n" + requests;
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).value().substring(0, 16);
    }

    /** For people: {@code part 3 (50000 requests, openai)}. */
    @Override
    public String toString() {
        return "part " + number + " (" + requests.size() + " requests, " + vendor + ")";
    }
}
