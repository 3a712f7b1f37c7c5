package io.github.batchferry.provider.connection;

import io.github.batchferry.git.GitExchanges;
import io.github.batchferry.github.ApiExchange;
import io.github.batchferry.github.TokenText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells people of every exchange with GitHub, over its API and by git: method, address, status, milliseconds, rate limit, and
 * the beginnings of the bodies, without tokens. Thread-safe if its consumer is.
 */
public final class ApiTrace implements ApiExchange.Listener, GitExchanges {
    private final Consumer<List<String>> told;

    /** @param told takes the lines of one exchange */
    public ApiTrace(Consumer<List<String>> told) {
        this.told = told;
    }

    @Override
    public void exchanged(ApiExchange exchange) {
        List<String> lines = new ArrayList<>();
        StringBuilder first = new StringBuilder("api: " + exchange.method() + " " + exchange.address() + ": ");
        first.append(exchange.failure().map(why -> "no answer (" + why + ")").orElse("" + exchange.status()));
        first.append(" after ").append(exchange.took().toMillis()).append(" ms");
        exchange.limits()
                .forEach((name, value) ->
                        first.append(", ").append(name).append(' ').append(value));
        lines.add(first.toString());
        if (!exchange.sent().isEmpty()) {
            lines.add("api:   sent " + exchange.sent());
        }
        if (!exchange.received().isEmpty()) {
            lines.add("api:   received " + exchange.received());
        }
        tell(lines);
    }

    @Override
    public void exchanged(String method, URI address, int status, Duration took) {
        tell(List.of("git: " + method + " " + address + ": " + status + " after " + took.toMillis() + " ms"));
    }

    /** A server's words must not move the cursor of a terminal. */
    private void tell(List<String> lines) {
        told.accept(lines.stream()
                .map(line -> TokenText.hide(line).replaceAll("\\p{C}+", " "))
                .toList());
    }
}
