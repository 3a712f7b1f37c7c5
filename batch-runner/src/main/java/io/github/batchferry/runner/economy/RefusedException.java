package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;

/** A vendor certainly did not do what it was asked (4xx). Carries its status and its words. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String QUOTA = "insufficient_quota";

    private final int status;
    private final String code;

    private RefusedException(VendorAnswer answer, String code, String message) {
        super(message);
        this.status = answer.statusCode();
        this.code = code;
    }

    /** Whether an answer is a refusal: after a 5xx or a 408 nobody knows what the vendor did. */
    static boolean isRefusal(VendorAnswer answer) {
        return answer.statusCode() >= 300 && answer.statusCode() < 500 && answer.statusCode() != TIMEOUT;
    }

    static RefusedException of(VendorAnswer answer) {
        JsonNode error = tree(answer).path("error");
        String said = error.isTextual() ? error.asText() : error.path("message").asText("");
        String code = error.path("code").asText(error.path("type").asText(""));
        String message = "the vendor answered " + answer.statusCode() + (said.isEmpty() ? "" : ": " + said);
        return new RefusedException(answer, code.isEmpty() ? "http_error" : code, message);
    }

    /** Whether the vendor is only asked too often; an exhausted account does not come back by waiting. */
    boolean isTooOften() {
        return status == TOO_MANY && !code.equals(QUOTA);
    }

    /** Whether it is the caller that is refused, not the call: another key, more credit or some patience may help. */
    boolean isForTheCaller() {
        return status == TOO_MANY || status == UNAUTHORIZED || status == FORBIDDEN;
    }

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** As the error of a response. */
    ResponseLine.Failure failure() {
        return new ResponseLine.Failure(code, getMessage());
    }

    private static JsonNode tree(VendorAnswer answer) {
        try {
            return JsonSupport.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            return JsonSupport.MAPPER.missingNode();
        }
    }
}
