package io.github.batchferry.git;

import java.net.ProxySelector;
import java.time.Duration;

/**
 * How git servers are reached.
 *
 * @param timeout for connecting and for every wait for the server; at least a second for {@code file:}
 * @param proxies chooses the way to an address; its first choice is taken
 * @param exchanges hears of every HTTP exchange
 */
public record GitNetwork(Duration timeout, ProxySelector proxies, GitExchanges exchanges) {
    /** Straight to the server, watched by nobody. */
    public static GitNetwork direct(Duration timeout) {
        return new GitNetwork(timeout, ProxySelector.of(null), (method, address, status, took) -> {});
    }
}
