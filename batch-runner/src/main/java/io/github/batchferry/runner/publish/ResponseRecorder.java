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

/** Takes the engine's responses: hides secrets, cuts long error messages, keeps the line, counts it. */
public final class ResponseRecorder implements ResponseSink {
    /** Longest error message, in characters; the vendor's own words stand in the body. */
    private static final int MAX_MESSAGE = 1000;

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
        ResponseLine clean = withShortMessage(redactor.response(response));
        byte[] line = ResponseLineCodec.write(clean);
        if (line.length > JsonlReader.MAX_LINE_BYTES) {
            clean = shortened(clean);
            line = ResponseLineCodec.write(clean);
        }
        parts.append(line);
        tally.add(clean);
    }

    private static ResponseLine withShortMessage(ResponseLine response) {
        Optional<ResponseLine.Failure> error = response.error()
                .filter(failure -> failure.message().length() > MAX_MESSAGE)
                .map(failure -> new ResponseLine.Failure(failure.code(), cut(failure.message()) + "…"));
        return error.isEmpty()
                ? response
                : copy(response, response.answer(), error, response.status(), response.text());
    }

    private static String cut(String message) {
        boolean withinCharacter = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1));
        return message.substring(0, withinCharacter ? MAX_MESSAGE - 1 : MAX_MESSAGE);
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
