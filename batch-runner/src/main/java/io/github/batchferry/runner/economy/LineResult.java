package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.util.Optional;

/**
 * A line of a vendor's results.
 *
 * @param key the id the request had in the vendor's batch
 * @param answer the vendor's answer, byte for byte; empty if there was none
 * @param end how a request without an answer ended
 * @param failure why it has no answer; there exactly when {@code answer} is empty
 */
record LineResult(
        String key, Optional<ResponseLine.Answer> answer, ResponseStatus end, Optional<ResponseLine.Failure> failure) {
    static LineResult answered(String key, ResponseLine.Answer answer) {
        return new LineResult(key, Optional.of(answer), ResponseStatus.SUCCEEDED, Optional.empty());
    }

    static LineResult unanswered(String key, ResponseStatus end, String code, String message) {
        return new LineResult(key, Optional.empty(), end, Optional.of(new ResponseLine.Failure(code, message)));
    }
}
