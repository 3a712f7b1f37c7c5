package io.github.batchferry.runner.redaction;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.json.RawJson;
import java.util.Collection;
import java.util.Optional;

/**
 * Replaces the job's secrets by {@code ***} wherever they turn up: as they are, escaped as in JSON, encoded as in URLs, in
 * hexadecimal digits, and inside of base64 at any place, where the whole run of base64 goes. In responses without success also
 * pieces of eight characters and more of secrets of sixteen and more, because vendors quote a wrong key in part. What holds no
 * secret stays byte for byte. Values of fewer than four characters are no secrets: hiding them would ruin every text.
 *
 * <p>What the requester wrote himself (custom id, model, vendor) is left alone: he has no secrets, and without its custom id
 * a response would be lost.
 *
 * <p>Thread-safe: a secret is hidden in everything that is cleaned after {@link #add} returned.
 */
public final class Redactor {
    /** What stands where a secret was. */
    public static final String MASK = "***";

    // Mutable state
    private volatile Secrets secrets = Secrets.NONE;

    /** @param secrets values to hide; blank ones are passed over */
    public Redactor(Collection<String> secrets) {
        add(secrets);
    }

    /** Adds values to hide; of a value with several lines, each line is hidden, too. */
    public synchronized void add(Collection<String> more) {
        Secrets all = secrets;
        for (String secret : more) {
            all = all.and(secret);
        }
        secrets = all;
    }

    /** A text for people or a log without secrets. */
    public String text(String text) {
        Secrets known = secrets;
        return known.isEmpty() ? text : known.clean(text, false);
    }

    /** A text about something that went wrong, without secrets and pieces of them. */
    public String errorText(String text) {
        Secrets known = secrets;
        return known.isEmpty() ? text : known.clean(text, true);
    }

    /** A JSON value without secrets, however its strings are escaped; the very same object if there are none. */
    public RawJson json(RawJson value) {
        return json(secrets, value, false);
    }

    /** A response without secrets, marked so if that changed it; the very same object if there are none to hide. */
    public ResponseLine response(ResponseLine response) {
        Secrets known = secrets;
        if (known.isEmpty()) {
            return response;
        }
        boolean failed = response.error().isPresent();
        Optional<ResponseLine.Answer> answer = response.answer().map(a -> answer(known, a, failed));
        Optional<ResponseLine.Failure> error = response.error()
                .map(e -> new ResponseLine.Failure(known.clean(e.code(), true), known.clean(e.message(), true)));
        Optional<String> text = response.text().map(t -> known.clean(t, failed));
        boolean clean =
                answer.equals(response.answer()) && error.equals(response.error()) && text.equals(response.text());
        return clean ? response : redacted(response, answer, error, text);
    }

    private static ResponseLine.Answer answer(Secrets known, ResponseLine.Answer answer, boolean failed) {
        Optional<String> requestId = answer.requestId().map(id -> known.clean(id, failed));
        return new ResponseLine.Answer(answer.statusCode(), requestId, json(known, answer.body(), failed));
    }

    private static RawJson json(Secrets known, RawJson value, boolean fragments) {
        if (known.isEmpty() || !fragments && !known.mayBeIn(value.toByteArray())) {
            return value;
        }
        return new JsonRedaction(text -> known.clean(text, fragments)).clean(value);
    }

    private static ResponseLine redacted(
            ResponseLine response,
            Optional<ResponseLine.Answer> answer,
            Optional<ResponseLine.Failure> error,
            Optional<String> text) {
        return new ResponseLine(
                response.id(),
                response.customId(),
                answer,
                error,
                response.status(),
                text,
                response.usage(),
                response.costUsd(),
                response.durationMs(),
                response.attempts(),
                response.vendor(),
                response.model(),
                true,
                response.cached());
    }
}
