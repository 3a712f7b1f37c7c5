package io.github.batchferry.git;

import java.net.URI;
import java.time.Duration;

/** Hears of every HTTP exchange with a git server, after its answer began. Implementations are thread-safe. */
@FunctionalInterface
public interface GitExchanges {
    /**
     * One exchange.
     *
     * @param address without any credentials
     * @param status HTTP status, or less than 0 for an answer that is none
     * @param took from the first byte sent to the answer's headers
     */
    void exchanged(String method, URI address, int status, Duration took);
}
