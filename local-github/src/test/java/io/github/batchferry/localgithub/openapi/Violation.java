package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import java.util.List;

/**
 * An exchange that GitHub would not have had.
 *
 * @param exchange the exchange
 * @param problems what is wrong with it, at least one
 */
public record Violation(Exchange exchange, List<String> problems) {
    private static final int SHOWN = 300;

    public Violation {
        problems = List.copyOf(problems);
    }

    @Override
    public String toString() {
        return exchange.method() + " " + exchange.target() + " -> " + exchange.status() + "\n    "
                + String.join("\n    ", problems) + "\n    request:  "
                + shown(exchange.request().body()) + "\n    response: "
                + shown(exchange.response().body());
    }

    private static String shown(Exchange.Content body) {
        String text = body.base64() ? body.size() + " bytes" : body.text();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + " …" : text;
    }
}
