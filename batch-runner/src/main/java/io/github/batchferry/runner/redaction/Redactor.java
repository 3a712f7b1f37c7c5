package io.github.batchferry.runner.redaction;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces the job's secrets by {@code ***} wherever they turn up, as they are and as JSON writes them. What holds no secret
 * stays byte for byte. Values of fewer than four characters are no secrets: hiding them would ruin every text.
 *
 * <p>What the requester wrote himself (custom id, model, vendor) is left alone: he has no secrets, and without its custom id
 * a response would be lost.
 */
public final class Redactor {
    /** What stands where a secret was. */
    public static final String MASK = "***";

    private static final int MIN_LENGTH = 4;

    /** Longest first, so that a secret that contains another one disappears as a whole. */
    private final List<String> secrets;

    private final JsonRedaction json;

    /** @param secrets values to hide; blank ones are passed over */
    public Redactor(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.strip().length() >= MIN_LENGTH) {
                forms.add(secret.strip());
                forms.add(escaped(secret.strip()));
            }
        }
        this.secrets = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.json = new JsonRedaction(this::text);
    }

    /** A text for people or a log without secrets. */
    public String text(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }

    /** A JSON value without secrets, however its strings are escaped; the very same object if there are none. */
    public RawJson json(RawJson value) {
        return secrets.isEmpty() ? value : json.clean(value);
    }

    /** A response without secrets; the very same object if there are none to hide. */
    public ResponseLine response(ResponseLine response) {
        if (secrets.isEmpty()) {
            return response;
        }
        return new ResponseLine(
                response.id(),
                response.customId(),
                response.answer().map(this::answer),
                response.error().map(e -> new ResponseLine.Failure(e.code(), text(e.message()))),
                response.status(),
                response.text().map(this::text),
                response.usage(),
                response.costUsd(),
                response.durationMs(),
                response.attempts(),
                response.vendor(),
                response.model());
    }

    private ResponseLine.Answer answer(ResponseLine.Answer answer) {
        Optional<String> requestId = answer.requestId().map(this::text);
        return new ResponseLine.Answer(answer.statusCode(), requestId, json(answer.body()));
    }

    private static String escaped(String secret) {
        byte[] quoted = RawJson.ofText(secret).toByteArray();
        return new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8);
    }
}
