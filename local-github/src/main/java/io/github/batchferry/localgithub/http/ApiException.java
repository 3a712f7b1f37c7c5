package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;

/** A call is answered with an error, in GitHub's shape. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final int status;

    public ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    public static ApiException notFound() {
        return new ApiException(404, "Not Found");
    }

    public static ApiException unprocessable(String message) {
        return new ApiException(422, message);
    }

    public Response response() {
        ObjectNode body = Json.object()
                .put("message", getMessage())
                .put("documentation_url", DOCUMENTATION)
                .put("status", "" + status);
        return Response.json(status, body);
    }
}
