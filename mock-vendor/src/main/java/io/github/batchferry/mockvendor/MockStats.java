package io.github.batchferry.mockvendor;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a vendor counted.
 *
 * @param requests all that arrived
 * @param distinctRequests different ones among them
 * @param good complete good answers: each is paid for
 * @param paidDuplicates good answers to requests that had one before
 * @param requestsAfterSuccess requests that arrived after their good answer had gone out
 * @param rateLimited 429s because a limit was reached
 * @param overConcurrencyCap 429s because too many were in work
 * @param faults how often each fault was injected
 * @param inFlight requests in work now, stalled ones included
 * @param maxInFlight most requests in work at once
 * @param connections ever accepted
 * @param firstRequest when the first request was complete; the epoch if there was none
 * @param spanNanos from then to the last byte of the last good answer
 * @param promptTokens of good answers, as the rest
 * @param cachedTokens part of the prompt tokens
 * @param completionTokens reasoning included
 * @param reasoningTokens part of the completion tokens
 * @param costNanoDollars billionths of a US dollar
 */
public record MockStats(
        long requests,
        long distinctRequests,
        long good,
        long paidDuplicates,
        long requestsAfterSuccess,
        long rateLimited,
        long overConcurrencyCap,
        Map<Fault, Long> faults,
        int inFlight,
        int maxInFlight,
        long connections,
        Instant firstRequest,
        long spanNanos,
        long promptTokens,
        long cachedTokens,
        long completionTokens,
        long reasoningTokens,
        long costNanoDollars) {
    public MockStats {
        faults = Map.copyOf(faults);
    }

    /** How often a fault was injected. */
    public long faults(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** 429s of all kinds, as a share of all requests. */
    public double share429() {
        long all = rateLimited + overConcurrencyCap + faults(Fault.TOO_MANY_REQUESTS);
        return requests == 0 ? 0 : (double) all / requests;
    }

    /** One JSON object in snake case; the first request in microseconds since the epoch. */
    String toJson() {
        return "{\"requests\":" + requests + ",\"distinct_requests\":" + distinctRequests + ",\"good\":" + good
                + ",\"paid_duplicates\":" + paidDuplicates + ",\"requests_after_success\":" + requestsAfterSuccess
                + ",\"rate_limited\":" + rateLimited + ",\"over_concurrency_cap\":" + overConcurrencyCap
                + ",\"faults\":" + faultsJson() + ",\"share_429\":" + String.format(Locale.ROOT, "%.6f", share429())
                + ",\"in_flight\":" + inFlight + ",\"max_in_flight\":" + maxInFlight + ",\"connections\":" + connections
                + ",\"first_request_micros\":" + micros(firstRequest) + ",\"span_nanos\":" + spanNanos
                + ",\"prompt_tokens\":" + promptTokens + ",\"cached_tokens\":" + cachedTokens
                + ",\"completion_tokens\":" + completionTokens + ",\"reasoning_tokens\":" + reasoningTokens
                + ",\"cost_nano_dollars\":" + costNanoDollars + "}";
    }

    private String faultsJson() {
        return Arrays.stream(Fault.values())
                .map(fault -> '"' + fault.name().toLowerCase(Locale.ROOT) + "\":" + faults(fault))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}
