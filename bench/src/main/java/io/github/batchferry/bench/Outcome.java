package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run went.
 *
 * @param measured what the process took
 * @param stats what the mock vendor counted
 * @param results what was published; null if the run failed or the program publishes nothing
 * @param requests number of requests
 * @param log end of the log of a failed run
 */
record Outcome(Measured measured, JsonNode stats, Results results, int requests, String log) {
    /** Seconds from the first request's arrival to the last good answer. */
    double span() {
        return stats.path("span_nanos").asLong() / 1e9;
    }

    /** Seconds of the whole process. */
    double wall() {
        return measured.wallNanos() / 1e9;
    }

    double share429() {
        return stats.path("share_429").asDouble();
    }

    double cpuMillisPerRequest() {
        return measured.cpuMillis() / requests;
    }

    /** Seconds from the process's start to its first request at the vendor. */
    double firstRequest() {
        return (stats.path("first_request_micros").asLong() - measured.startedMicros()) / 1e6;
    }

    /** What is wrong with what came out; nothing if every request has exactly one good response and was paid once. */
    List<String> defects() {
        List<String> defects = new ArrayList<>();
        if (measured.exit() != 0) {
            defects.add("ended with exit code " + measured.exit() + ": " + log.strip());
            return defects;
        }
        if (results != null) {
            note(defects, requests - results.answered(), "lost");
            note(defects, results.repeated(), "answered twice");
            note(defects, results.answered() - results.succeeded(), "failed");
        } else {
            note(
                    defects,
                    requests
                            + stats.path("paid_duplicates").asInt()
                            - stats.path("good").asInt(),
                    "without an answer");
        }
        note(defects, stats.path("paid_duplicates").asInt(), "paid twice");
        return defects;
    }

    /** Whether the summary's tokens are those the vendor counted. */
    boolean tokensAgree() {
        return results != null
                && same("input", "prompt_tokens")
                && same("output", "completion_tokens")
                && same("cache_read", "cached_tokens")
                && same("reasoning", "reasoning_tokens");
    }

    /** The summary's cost minus the vendor's, in millionths of a dollar; null where the summary knows none. */
    BigDecimal costDifference() {
        BigDecimal ledger = BigDecimal.valueOf(stats.path("cost_nano_dollars").asLong(), 3);
        return results == null || results.costMicroDollars() == null
                ? null
                : results.costMicroDollars().subtract(ledger);
    }

    private boolean same(String ours, String theirs) {
        return results.usage().path(ours).asLong(-1) == stats.path(theirs).asLong();
    }

    private static void note(List<String> defects, long count, String what) {
        if (count != 0) {
            defects.add(count + " " + what);
        }
    }
}
