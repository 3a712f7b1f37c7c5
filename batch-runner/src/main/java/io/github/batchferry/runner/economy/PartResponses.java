package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.engine.ResponseSink;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;

/** Makes response lines out of what became of the requests of parts, exactly one for each. */
final class PartResponses {
    /** What batches cost at both vendors, as a share of the usual price. */
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final BatchId batch;
    private final BatchApi.Requests requests;
    private final BitSet unanswered;
    private final Pricing pricing;
    private final ResponseSink sink;

    /**
     * @param unanswered numbers of the requests without response; those that get one here are taken out
     * @param pricing the usual prices
     */
    PartResponses(BatchId batch, BatchApi.Requests requests, BitSet unanswered, Pricing pricing, ResponseSink sink) {
        this.batch = batch;
        this.requests = requests;
        this.unanswered = unanswered;
        this.pricing = pricing.times(HALF);
        this.sink = sink;
    }

    /** Whether requests of a part have no response. */
    boolean isOpen(Part part) {
        return part.requests().and(unanswered).size() > 0;
    }

    /**
     * Takes in the results of a part. What they do not hold stays unanswered, and so does what cannot be read.
     *
     * @return lines that were passed over, because they cannot be read or nobody asked for them
     */
    long take(Part part, EconomyVendor vendor, List<Path> results, Instant now) throws IOException {
        Map<String, Integer> numbers = numbers(part, vendor.api());
        long strange = 0;
        for (Path file : results) {
            try (JsonlReader lines = new JsonlReader(Files.newInputStream(file))) {
                for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                    Optional<LineResult> result = read(vendor.api(), line.get().bytes());
                    Integer number =
                            result.map(found -> numbers.remove(found.key())).orElse(null);
                    if (number == null) {
                        strange++;
                    } else {
                        answer(part, vendor.vendor(), number, result.get(), now);
                    }
                }
            }
        }
        return strange;
    }

    private static Optional<LineResult> read(BatchApi api, byte[] line) {
        try {
            return Optional.of(api.read(line));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private Map<String, Integer> numbers(Part part, BatchApi api) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        for (PrimitiveIterator.OfInt n =
                        part.requests().and(unanswered).stream().iterator();
                n.hasNext(); ) {
            int number = n.nextInt();
            numbers.put(api.key(part, number, requests.load(number)), number);
        }
        return numbers;
    }

    /** Ends every request of a part that has no response yet in the same way. */
    void end(Part part, Vendor vendor, ResponseStatus status, ResponseLine.Failure why, Instant now)
            throws IOException {
        for (PrimitiveIterator.OfInt n =
                        part.requests().and(unanswered).stream().iterator();
                n.hasNext(); ) {
            int number = n.nextInt();
            String key = requests.load(number).customId().value();
            LineResult result = new LineResult(key, Optional.empty(), status, Optional.of(why));
            answer(part, vendor, number, result, now);
        }
    }

    private void answer(Part part, Vendor vendor, int number, LineResult result, Instant now) throws IOException {
        RequestLine request = requests.load(number);
        Optional<Reading> reading = result.answer().map(answer -> reading(vendor, request, answer));
        Optional<ResponseLine.Failure> failure =
                reading.isPresent() ? failure(reading.get().verdict()) : result.failure();
        Optional<TokenUsage> usage = reading.flatMap(Reading::usage);
        ResponseStatus ended = failure.isEmpty() ? ResponseStatus.SUCCEEDED : ResponseStatus.ERRORED;
        sink.accept(new ResponseLine(
                ResponseLine.idFor(batch, request.customId()),
                request.customId(),
                result.answer(),
                failure,
                reading.isPresent() ? ended : result.end(),
                reading.flatMap(Reading::text),
                usage,
                usage.flatMap(tokens -> pricing.price(vendor.config(), request.model(), tokens)),
                part.intendedAt()
                        .map(from -> Math.max(0, Duration.between(from, now).toMillis()))
                        .orElse(0L),
                part.attempt(),
                vendor.config().name(),
                request.model()));
        unanswered.clear(number);
    }

    private static Reading reading(Vendor vendor, RequestLine request, ResponseLine.Answer answer) {
        HttpHeaders headers = HttpHeaders.of(
                answer.requestId()
                        .map(id -> Map.of("x-request-id", List.of(id)))
                        .orElse(Map.of()),
                (name, value) -> true);
        VendorAnswer whole =
                new VendorAnswer(answer.statusCode(), headers, answer.body().toByteArray());
        try {
            return vendor.read(request, whole);
        } catch (RuntimeException e) {
            // an adapter that stumbles over an answer must not lose it
            Verdict verdict = whole.isSuccess()
                    ? new Verdict.Success()
                    : new Verdict.Refused("adapter_error", "the adapter cannot read the answer: " + e.getMessage());
            return Reading.of(verdict, Optional.empty());
        }
    }

    /** In a batch every verdict but success is final: the vendor itself has tried again as often as it wanted to. */
    private static Optional<ResponseLine.Failure> failure(Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            return Optional.of(new ResponseLine.Failure(refused.code(), refused.message()));
        }
        if (verdict instanceof Verdict.QuotaExhausted quota) {
            return Optional.of(new ResponseLine.Failure("insufficient_quota", quota.message()));
        }
        if (verdict instanceof Verdict.TryAgain last) {
            return Optional.of(new ResponseLine.Failure(last.code(), last.message()));
        }
        if (verdict instanceof Verdict.SlowDown last) {
            return Optional.of(new ResponseLine.Failure("rate_limited", last.message()));
        }
        return Optional.empty();
    }
}
