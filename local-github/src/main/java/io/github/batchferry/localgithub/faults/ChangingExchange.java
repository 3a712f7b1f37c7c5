package io.github.batchferry.localgithub.faults;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;

/** An exchange whose answer has an ETag that no other has, whatever the caller knows already. */
final class ChangingExchange extends ForwardingExchange {
    private final Headers requestHeaders = new Headers();
    private final long number;

    ChangingExchange(HttpExchange exchange, long number) {
        super(exchange);
        this.number = number;
        requestHeaders.putAll(exchange.getRequestHeaders());
        requestHeaders.remove("If-None-Match");
    }

    @Override
    public Headers getRequestHeaders() {
        return requestHeaders;
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        getResponseHeaders().computeIfPresent("Etag", (name, tags) -> List.of("W/\"other-" + number + "\""));
        super.sendResponseHeaders(status, length);
    }
}
