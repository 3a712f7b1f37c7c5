package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A call is answered with an error, in GitHub's shape. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final int status;
    private final transient ArrayNode errors;

    public ApiException(int status, String message) {
        this(status, message, Json.array());
    }

    private ApiException(int status, String message, ArrayNode errors) {
        super(message);
        this.status = status;
        this.errors = errors;
    }

    public static ApiException notFound() {
        return new ApiException(404, "Not Found");
    }

    /** Someone who is allowed to call at all may not do this. */
    public static ApiException forbidden() {
        return new ApiException(403, "Resource not accessible by integration");
    }

    public static ApiException unprocessable(String message) {
        return new ApiException(422, message);
    }

    /** What was sent cannot be used; each mistake is named. */
    public static ApiException invalid(FieldError... errors) {
        return unprocessable("Validation Failed", errors);
    }

    /** What was sent cannot be used, in words and with each mistake. */
    public static ApiException unprocessable(String message, FieldError... errors) {
        ArrayNode all = Json.array();
        Arrays.stream(errors).forEach(error -> all.add(error.json()));
        return new ApiException(422, message, all);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Its words, or, where mistakes are named one by one and say more, those of the mistakes. */
    public String details() {
        List<String> details = new ArrayList<>();
        errors.forEach(error -> details.add(error.path("message")
                .asText(error.path("field").asText() + " " + error.path("code").asText())));
        return details.isEmpty() ? getMessage() : String.join("; ", details);
    }

    /** The answer. */
    public Response response() {
        ObjectNode body = Json.object()
                .put("message", getMessage())
                .put("documentation_url", DOCUMENTATION)
                .put("status", "" + status);
        if (!errors.isEmpty()) {
            body.set("errors", errors);
        }
        return Response.json(status, body);
    }
}
