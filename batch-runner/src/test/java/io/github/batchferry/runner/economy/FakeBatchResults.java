package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.batchferry.runner.economy.FakeBatchVendor.Batch;
import io.github.batchferry.runner.economy.FakeBatchVendor.Fate;
import java.nio.charset.StandardCharsets;

/** The files that {@link FakeBatchVendor} hands out and takes in. */
final class FakeBatchResults {
    private FakeBatchResults() {}

    static String openAiResults(Batch batch) {
        StringBuilder lines = new StringBuilder();
        for (int i = batch.answered() - 1; i >= 0; i--) {
            String id = batch.requests.get(i).path("custom_id").asText();
            lines.append("{\"id\":\"batch_req_1\",\"custom_id\":\"" + id + "\",\"response\":{\"status_code\":200,"
                    + "\"request_id\":\"req_" + i
                    + "\",\"body\":{\"n\": 1e2,\"choices\":[{\"message\":{\"content\":\"re "
                    + id + "\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}},\"error\":null}\n");
        }
        return lines.toString();
    }

    static String openAiErrors(Batch batch) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode request : batch.requests.subList(batch.answered(), batch.requests.size())) {
            lines.append("{\"id\":\"batch_req_2\",\"custom_id\":\""
                    + request.path("custom_id").asText()
                    + "\",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"too late\"}}\n");
        }
        return lines.toString();
    }

    static String anthropicResults(Batch batch) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < batch.requests.size(); i++) {
            String id = batch.requests.get(i).path("custom_id").asText();
            lines.append("{\"custom_id\":\"" + id + "\",\"result\":" + anthropicResult(batch, i, id) + "}\n");
        }
        return lines.toString();
    }

    private static String anthropicResult(Batch batch, int i, String id) {
        if (i < batch.answered()) {
            return "{\"type\":\"succeeded\",\"message\":{\"n\": 1e2,\"content\":[{\"type\":\"text\",\"text\":\"re " + id
                    + "\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}}";
        }
        if (batch.fate == Fate.INVALID) {
            return "{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                    + "\"message\":\"max_tokens: Field required\"}}}";
        }
        return "{\"type\":\"" + (batch.cancelled ? "canceled" : "expired") + "\"}";
    }

    /** The part called file of a multipart form. */
    static byte[] content(HttpExchange exchange, byte[] form) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String boundary = "--" + type.substring(type.indexOf("boundary=") + 9);
        String text = new String(form, StandardCharsets.UTF_8);
        if (!text.contains("name=\"purpose\"\r\n\r\nbatch\r\n") || !text.endsWith("\r\n" + boundary + "--\r\n")) {
            throw new IllegalArgumentException("not the form of a batch's file");
        }
        int start = text.indexOf("\r\n\r\n", text.indexOf("name=\"file\"")) + 4;
        return text.substring(start, text.lastIndexOf("\r\n" + boundary)).getBytes(StandardCharsets.UTF_8);
    }
}
