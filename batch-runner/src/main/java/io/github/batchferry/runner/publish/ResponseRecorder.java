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

/** Takes the engine's responses: hides secrets, keeps the line, counts it. */
public final class ResponseRecorder implements ResponseSink {
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
        ResponseLine clean = redactor.response(response);
        byte[] line = ResponseLineCodec.write(clean);
        if (line.length > JsonlReader.MAX_LINE_BYTES) {
            clean = shortened(clean);
            line = ResponseLineCodec.write(clean);
        }
        parts.append(line);
        tally.add(clean);
    }

    /** Readers refuse longer lines, and with one of them the whole file: rather without text, or without the answer. */
    private static ResponseLine shortened(ResponseLine response) {
        ResponseLine withoutText = copy(response, response.answer(), response.error(), response.status());
        if (ResponseLineCodec.write(withoutText).length <= JsonlReader.MAX_LINE_BYTES) {
            return withoutText;
        }
        ResponseLine.Failure failure = new ResponseLine.Failure(
                "answer_too_large",
                "the answer does not fit in a response line of " + JsonlReader.MAX_LINE_BYTES + " bytes");
        return copy(response, Optional.empty(), Optional.of(failure), ResponseStatus.ERRORED);
    }

    private static ResponseLine copy(
            ResponseLine response,
            Optional<ResponseLine.Answer> answer,
            Optional<ResponseLine.Failure> error,
            ResponseStatus status) {
        return new ResponseLine(
                response.id(),
                response.customId(),
                answer,
                error,
                status,
                Optional.empty(),
                response.usage(),
                response.costUsd(),
                response.durationMs(),
                response.attempts(),
                response.vendor(),
                response.model());
    }
}
