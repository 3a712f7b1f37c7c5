package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.engine.ResponseSink;
import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonlReader;
import java.io.IOException;
import java.util.Optional;

/** Takes the engine's responses: hides secrets, cuts long error messages and codes, keeps the line, counts it. */
public final class ResponseRecorder implements ResponseSink {
    /** Longest error message, in characters; the vendor's own words stand in the body. */
    private static final int MAX_MESSAGE = 1000;

    /** Longest error code, in characters: batch APIs of vendors give their own. */
    private static final int MAX_CODE = 100;

    private final Redactor redactor;
    private final ResponseParts parts;
    private final Tally tally;

    /**
     * @param redactor knows the secrets
     * @param parts keep the lines
     * @param tally counts them
     */
    public ResponseRecorder(Redactor redactor, ResponseParts parts, Tally tally) {
        this.redactor = redactor;
        this.parts = parts;
        this.tally = tally;
    }

    @Override
    public void accept(ResponseLine response) throws IOException {
        // in this order: no secret is found in a piece of it
        ResponseLine clean = withShortError(redactor.response(response));
        byte[] line = ResponseLineCodec.write(clean);
        if (line.length > JsonlReader.MAX_LINE_BYTES) {
            clean = shortened(clean);
            line = ResponseLineCodec.write(clean);
        }
        parts.append(line);
        tally.add(clean);
    }

    private static ResponseLine withShortError(ResponseLine response) {
        Optional<ResponseLine.Failure> error = response.error()
                .filter(failure -> failure.message().length() > MAX_MESSAGE
                        || failure.code().length() > MAX_CODE)
                .map(failure ->
                        new ResponseLine.Failure(cut(failure.code(), MAX_CODE), shortMessage(failure.message())));
        return error.isEmpty()
                ? response
                : copy(response, response.answer(), error, response.status(), response.text());
    }

    private static String shortMessage(String message) {
        return message.length() > MAX_MESSAGE ? cut(message, MAX_MESSAGE) + "…" : message;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean withinCharacter = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, withinCharacter ? length - 1 : length);
    }

    /** Readers refuse longer lines, and with one of them the whole file: rather without text, or without the answer. */
    private static ResponseLine shortened(ResponseLine response) {
        ResponseLine withoutText =
                copy(response, response.answer(), response.error(), response.status(), Optional.empty());
        if (ResponseLineCodec.write(withoutText).length <= JsonlReader.MAX_LINE_BYTES) {
            return withoutText;
        }
        ResponseLine.Failure failure = new ResponseLine.Failure(
                "answer_too_large",
                "the answer does not fit in a response line of " + JsonlReader.MAX_LINE_BYTES + " bytes");
        return copy(response, Optional.empty(), Optional.of(failure), ResponseStatus.ERRORED, Optional.empty());
    }

    private static ResponseLine copy(
            ResponseLine response,
            Optional<ResponseLine.Answer> answer,
            Optional<ResponseLine.Failure> error,
            ResponseStatus status,
            Optional<String> text) {
        return new ResponseLine(
                response.id(),
                response.customId(),
                answer,
                error,
                status,
                text,
                response.usage(),
                response.costUsd(),
                response.durationMs(),
                response.attempts(),
                response.vendor(),
                response.model(),
                response.redacted(),
                response.cached());
    }
}
