package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Batch API of OpenAI, and of servers that have its {@code /v1/files} and {@code /v1/batches}: a file of requests for one
 * endpoint and one model, up to 50,000 and 200 MB, answered within 24 hours in a file of answers and a file of errors. A
 * batch is recognised by its metadata. Source: https://platform.openai.com/docs/guides/batch and
 * https://platform.openai.com/docs/api-reference/batch.
 */
final class OpenAiBatchApi implements BatchApi {
    private static final String BATCHES = "/v1/batches";
    private static final String FILES = "/v1/files";
    private static final int MAX_REQUESTS = 50_000;
    private static final long MAX_BYTES = 190_000_000;
    private static final int MAX_PAGES = 20;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    /** Clocks of two computers differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final String TAG = "batchferry_part";
    private static final String EXPIRED = "batch_expired";
    private static final String CANCELLED = "batch_cancelled";

    private final BatchId batch;
    private final VendorCalls calls;

    OpenAiBatchApi(BatchId batch, VendorCalls calls) {
        this.batch = batch;
        this.calls = calls;
    }

    @Override
    public int maxRequests() {
        return MAX_REQUESTS;
    }

    @Override
    public long maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public Duration retention() {
        return Duration.ofDays(30);
    }

    @Override
    public long bytes(RequestLine request) {
        return request.line().size() + 1L;
    }

    @Override
    public String group(RequestLine request) {
        return request.url() + "\n" + request.model();
    }

    @Override
    public Optional<String> refusal(RequestLine request) {
        return Optional.empty();
    }

    @Override
    public String key(Part part, int number, RequestLine request) {
        return request.customId().value();
    }

    @Override
    public void write(Part part, Requests requests, Path file) throws IOException {
        try (JsonlWriter lines = new JsonlWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (PrimitiveIterator.OfInt n = part.requests().stream().iterator(); n.hasNext(); ) {
                lines.write(line(requests.load(n.nextInt())).toByteArray());
            }
            lines.flush();
        }
    }

    /** The line without the one key of it that is ours. */
    private static RawJson line(RequestLine request) {
        return request.vendor().isEmpty()
                ? request.line()
                : RequestLineComposer.compose(request.customId(), request.url(), Optional.empty(), request.body())
                        .line();
    }

    @Override
    public CompletableFuture<String> submit(Part part, Path file) {
        return upload(part, file)
                .thenCompose(fileId -> calls.post(BATCHES, creation(part, fileId)))
                .thenCompose(OpenAiBatchApi::id);
    }

    private CompletableFuture<String> upload(Part part, Path file) {
        String boundary = "batchferry-" + part.tag(batch);
        String head =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + batch + "-" + part.number()
                        + ".jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n";
        BodyPublisher content;
        try {
            content = BodyPublishers.ofFile(file);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        BodyPublisher whole = BodyPublishers.concat(
                BodyPublishers.ofString(head), content, BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return calls.post(FILES, "multipart/form-data; boundary=" + boundary, whole)
                .thenCompose(OpenAiBatchApi::id);
    }

    private String creation(Part part, String fileId) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("input_file_id", fileId);
        json.put("endpoint", part.url());
        json.put("completion_window", "24h");
        json.putObject("metadata").put("batchferry_batch", batch.value()).put(TAG, part.tag(batch));
        return json.toString();
    }

    /** The id of what a vendor made, which is to become part of a path. */
    static CompletableFuture<String> id(JsonNode made) {
        String id = made.path("id").asText("");
        return ID.matcher(id).matches()
                ? CompletableFuture.completedFuture(id)
                : CompletableFuture.failedFuture(new IOException("the vendor's answer names no id"));
    }

    @Override
    public CompletableFuture<VendorBatch> look(String vendorBatch) {
        return calls.get(BATCHES + "/" + vendorBatch, "").thenApply(OpenAiBatchApi::read);
    }

    private static VendorBatch read(JsonNode json) {
        VendorBatch.End end = switch (json.path("status").asText()) {
            case "completed" -> VendorBatch.End.COMPLETED;
            case "expired" -> VendorBatch.End.EXPIRED;
            case "cancelled" -> VendorBatch.End.CANCELLED;
            case "failed" -> VendorBatch.End.FAILED;
            default -> VendorBatch.End.NOT_YET;
        };
        List<String> results = Stream.of("output_file_id", "error_file_id")
                .map(key -> json.path(key).asText(""))
                // Jackson reads null as text
                .filter(id -> ID.matcher(id).matches() && !id.equals("null"))
                .map(id -> FILES + "/" + id + "/content")
                .toList();
        List<ResponseLine.Failure> problems = new ArrayList<>();
        json.path("errors").path("data").forEach(error -> problems.add(problem(error)));
        JsonNode counts = json.path("request_counts");
        return new VendorBatch(
                end,
                results,
                problems,
                counts.path("completed").asLong() + counts.path("failed").asLong());
    }

    private static ResponseLine.Failure problem(JsonNode error) {
        String line =
                error.path("line").isNumber() ? "line " + error.path("line").asLong() + ": " : "";
        return new ResponseLine.Failure(
                error.path("code").asText("batch_failed"),
                line + error.path("message").asText("no reason given"));
    }

    @Override
    public CompletableFuture<Void> download(String result, Path file) {
        return calls.download(result, file);
    }

    @Override
    public LineResult read(byte[] line) throws MalformedJsonException {
        JsonNode json = tree(line);
        String key = json.path("custom_id").asText("");
        if (json.path("response").path("body").isMissingNode()) {
            return unanswered(key, json.path("error"));
        }
        RawJson body = JsonSlice.of(line, "response", "body").orElseThrow();
        JsonNode requestId = json.path("response").path("request_id");
        return LineResult.answered(
                key,
                new ResponseLine.Answer(
                        json.path("response").path("status_code").asInt(),
                        Optional.of(requestId).filter(JsonNode::isTextual).map(JsonNode::asText),
                        body));
    }

    private static LineResult unanswered(String key, JsonNode error) {
        String code = error.path("code").asText("no_answer");
        ResponseStatus end = switch (code) {
            case EXPIRED -> ResponseStatus.EXPIRED;
            case CANCELLED -> ResponseStatus.CANCELLED;
            default -> ResponseStatus.ERRORED;
        };
        return LineResult.unanswered(key, end, code, error.path("message").asText("the vendor gave no reason"));
    }

    static JsonNode tree(byte[] line) throws MalformedJsonException {
        try {
            JsonNode json = JsonSupport.ENCLOSING.readTree(line);
            if (!json.isObject()) {
                throw new MalformedJsonException("expected a JSON object");
            }
            return json;
        } catch (IOException e) {
            throw new MalformedJsonException("not valid JSON: " + e.getMessage());
        }
    }

    @Override
    public CompletableFuture<Void> cancel(String vendorBatch) {
        return calls.post(BATCHES + "/" + vendorBatch + "/cancel", "{}").thenApply(answer -> null);
    }

    @Override
    public CompletableFuture<Search> find(Part part, Set<String> others, Path scratch) {
        return find(part, "?limit=100", 1);
    }

    /** Newest first, so that a part that was just submitted is on the first page. */
    private CompletableFuture<Search> find(Part part, String query, int page) {
        String tag = part.tag(batch);
        return calls.get(BATCHES, query).thenCompose(list -> {
            for (JsonNode candidate : list.path("data")) {
                if (candidate.path("metadata").path(TAG).asText().equals(tag)) {
                    return id(candidate).thenApply(Search.Found::new);
                }
            }
            String last = list.path("last_id").asText("");
            if (!list.path("has_more").asBoolean() || last.isEmpty()) {
                return CompletableFuture.completedFuture(new Search.Absent());
            }
            if (page == MAX_PAGES) {
                return CompletableFuture.completedFuture(lastPage(list, part));
            }
            return find(
                    part,
                    "?limit=100&after=" + new EndpointPath("/" + last).value().substring(1),
                    page + 1);
        });
    }

    /** A search that ends before the list does has seen enough only if the rest is older than the part. */
    private static Search lastPage(JsonNode list, Part part) {
        Instant from = part.intendedAt().orElseThrow().minus(SKEW);
        for (JsonNode candidate : list.path("data")) {
            JsonNode createdAt = candidate.path("created_at");
            if (createdAt.isIntegralNumber()
                    && Instant.ofEpochSecond(createdAt.asLong()).isBefore(from)) {
                return new Search.Absent();
            }
        }
        return Search.Unsure.ofMoreThan(MAX_PAGES * 100);
    }
}
