package io.github.batchferry.github;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;

/**
 * How GitHub is reached.
 *
 * @param deadline for each request, from sending to the last byte of the answer
 * @param proxies chooses the way to an address
 * @param listener hears of every exchange
 */
public record ApiNetwork(Duration deadline, ProxySelector proxies, Optional<ApiExchange.Listener> listener) {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

    /** Straight to GitHub, watched by nobody. */
    public static ApiNetwork direct(Duration deadline) {
        return new ApiNetwork(deadline, ProxySelector.of(null), Optional.empty());
    }

    /** Straight to GitHub, watched by nobody, each request within 30 seconds. */
    public static ApiNetwork usual() {
        return direct(USUAL_DEADLINE);
    }

    /** The same with another deadline. */
    public ApiNetwork within(Duration other) {
        return new ApiNetwork(other, proxies, listener);
    }

    /** The same over proxies. */
    public ApiNetwork over(ProxySelector others) {
        return new ApiNetwork(deadline, others, listener);
    }

    /** The same with somebody who hears of every exchange. */
    public ApiNetwork heardBy(ApiExchange.Listener hearing) {
        return new ApiNetwork(deadline, proxies, Optional.of(hearing));
    }
}
