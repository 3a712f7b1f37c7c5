package io.github.batchferry.localgithub.exchanges;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A call and its answer, without what is secret in them.
 *
 * @param at when the call came in
 * @param millis how long the answer took
 * @param method HTTP method
 * @param target path and query as they were sent; a whole URL where the caller took this for a proxy
 * @param request what was sent
 * @param status HTTP status; -1 if there was none
 * @param response what was answered
 * @param answered false if the answer broke off or never began
 */
public record Exchange(
        Instant at,
        long millis,
        String method,
        String target,
        Message request,
        int status,
        Message response,
        boolean answered) {
    /**
     * One direction of an exchange.
     *
     * @param headers by name; several of one name in one text, with commas
     * @param body what was sent, as far as it is kept
     */
    public record Message(Map<String, String> headers, Content body) {
        public Message {
            headers = Map.copyOf(headers);
        }

        /** A header by its name, upper or lower case alike. */
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    /**
     * A body.
     *
     * @param text the body itself, or in Base64 where it is no text in UTF-8
     * @param base64 whether it is in Base64
     * @param size how many bytes went over the line
     * @param cut whether only the beginning is kept
     */
    public record Content(String text, boolean base64, long size, boolean cut) {}
}
