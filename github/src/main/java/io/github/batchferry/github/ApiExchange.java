package io.github.batchferry.github;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One request to GitHub and what came back, for those who look for the cause of a problem. No token is in it.
 *
 * @param method such as {@code GET}
 * @param address with {@code ***} in place of the query where that is a signature
 * @param status HTTP status, or 0 if no answer came
 * @param took from sending to the end of the answer's body
 * @param limits the answer's headers about rate limits, by their names in lower case
 * @param sent the first 2 KiB of the request's body
 * @param received the first 2 KiB of what was read of the answer's body
 * @param failure why no answer came
 */
public record ApiExchange(
        String method,
        URI address,
        int status,
        Duration took,
        SortedMap<String, String> limits,
        String sent,
        String received,
        Optional<String> failure) {
    /** Hears of every exchange when it is over. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Listener {
        void exchanged(ApiExchange exchange);
    }
}
