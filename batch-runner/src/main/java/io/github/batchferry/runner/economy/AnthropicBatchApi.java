package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The Message Batches API of Anthropic: up to 100,000 requests and 256 MB in the body of one call, answered within 24 hours.
 *
 * <p>Ids of requests may be short only, so a request is called {@code r<number>-<tag of the part>}. As batches have no
 * metadata, the tag is also what tells this part from others: a batch that was made since the intent with as many requests
 * may be it, and is certainly it, or not, once it ended and its results show the tag. Source:
 * https://docs.anthropic.com/en/api/creating-message-batches and the pages beside it.
 */
final class AnthropicBatchApi implements BatchApi {
    private static final String MESSAGES = "/v1/messages";
    private static final String BATCHES = "/v1/messages/batches";
    private static final int MAX_REQUESTS = 100_000;
    private static final long MAX_BYTES = 245_000_000;
    private static final int MAX_PAGES = 20;
    private static final int AROUND_A_BODY = 64;

    /** Clocks of two computers differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final BatchId batch;
    private final VendorCalls calls;

    AnthropicBatchApi(BatchId batch, VendorCalls calls) {
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
        return Duration.ofDays(29);
    }

    @Override
    public long bytes(RequestLine request) {
        return request.body().size() + (long) AROUND_A_BODY;
    }

    @Override
    public String group(RequestLine request) {
        return "";
    }

    @Override
    public Optional<String> refusal(RequestLine request) {
        return request.url().value().equals(MESSAGES)
                ? Optional.empty()
                : Optional.of("expected " + MESSAGES + ", the only url that Anthropic's batches answer");
    }

    @Override
    public String key(Part part, int number, RequestLine request) {
        return "r" + number + suffix(part);
    }

    private String suffix(Part part) {
        return "-" + part.tag(batch);
    }

    @Override
    public void write(Part part, Requests requests, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ascii("{\"requests\":["));
            String separator = "";
            for (PrimitiveIterator.OfInt n = part.requests().stream().iterator(); n.hasNext(); ) {
                int number = n.nextInt();
                RequestLine request = requests.load(number);
                out.write(ascii(separator + "{\"custom_id\":\"" + key(part, number, request) + "\",\"params\":"));
                request.body().writeTo(out);
                out.write('}');
                separator = ",";
            }
            out.write(ascii("]}"));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public CompletableFuture<String> submit(Part part, Path file) {
        try {
            return calls.post(BATCHES, "application/json", BodyPublishers.ofFile(file))
                    .thenCompose(OpenAiBatchApi::id);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<VendorBatch> look(String vendorBatch) {
        String path = BATCHES + "/" + vendorBatch;
        return calls.get(path, "").thenCompose(json -> calls.address(path).thenCompose(own -> read(json, own)));
    }

    private static CompletableFuture<VendorBatch> read(JsonNode json, URI own) {
        JsonNode counts = json.path("request_counts");
        long done = counts.path("succeeded").asLong()
                + counts.path("errored").asLong()
                + counts.path("canceled").asLong()
                + counts.path("expired").asLong();
        if (!json.path("processing_status").asText().equals("ended")) {
            return CompletableFuture.completedFuture(
                    new VendorBatch(VendorBatch.End.NOT_YET, List.of(), List.of(), done));
        }
        return resultsPath(json.path("results_url").asText(""), own)
                .map(path -> CompletableFuture.completedFuture(
                        new VendorBatch(VendorBatch.End.COMPLETED, List.of(path), List.of(), done)))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new IOException("the batch ended, but its results are not on the vendor's own server `"
                                + own.getAuthority() + "`")));
    }

    /** Where the results are, if that is the server the key belongs to: it is sent nowhere else. */
    private static Optional<String> resultsPath(String url, URI own) {
        try {
            URI results = URI.create(url);
            boolean same = own.getScheme().equals(results.getScheme())
                    && own.getAuthority().equals(results.getAuthority())
                    && results.getRawQuery() == null;
            String base = own.getRawPath().substring(0, own.getRawPath().indexOf("/messages/batches"));
            // what stands in front of the API's own paths is the base URL's, which the adapter puts there again
            return same && results.getRawPath().startsWith(base + "/messages/")
                    ? Optional.of(new EndpointPath("/v1" + results.getRawPath().substring(base.length())).value())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<Void> download(String result, Path file) {
        return calls.download(result, file);
    }

    @Override
    public LineResult read(byte[] line) throws MalformedJsonException {
        JsonNode json = OpenAiBatchApi.tree(line);
        String key = json.path("custom_id").asText("");
        JsonNode result = json.path("result");
        return switch (result.path("type").asText()) {
            case "succeeded" ->
                LineResult.answered(
                        key,
                        new ResponseLine.Answer(
                                200,
                                Optional.empty(),
                                JsonSlice.of(line, "result", "message")
                                        .orElseThrow(() -> new MalformedJsonException("missing $.result.message"))));
            case "errored" -> errored(key, line, result.path("error"));
            case "expired" ->
                LineResult.unanswered(
                        key, ResponseStatus.EXPIRED, "batch_expired", "the vendor's batch expired after 24 hours");
            case "canceled" ->
                LineResult.unanswered(
                        key, ResponseStatus.CANCELLED, "batch_cancelled", "the vendor's batch was cancelled");
            default ->
                throw new MalformedJsonException(
                        "unknown result `" + result.path("type").asText() + "`");
        };
    }

    private static LineResult errored(String key, byte[] line, JsonNode error) throws MalformedJsonException {
        Optional<String> requestId = Optional.of(error.path("request_id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
        return LineResult.answered(
                key,
                new ResponseLine.Answer(
                        status(error.path("error").path("type").asText()),
                        requestId,
                        JsonSlice.of(line, "result", "error")
                                .orElseThrow(() -> new MalformedJsonException("missing $.result.error"))));
    }

    /** The status with which the vendor answers such an error outside of batches. */
    private static int status(String type) {
        return switch (type) {
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "api_error" -> 500;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 400;
        };
    }

    @Override
    public CompletableFuture<Void> cancel(String vendorBatch) {
        return calls.post(BATCHES + "/" + vendorBatch + "/cancel", "{}").thenApply(answer -> null);
    }

    @Override
    public CompletableFuture<Search> find(Part part, Set<String> others, Path scratch) {
        return candidates(part, others, "?limit=100", 1, new ArrayList<>())
                .thenCompose(seen -> sift(part, seen.ids(), scratch)
                        .thenApply(among -> among instanceof Search.Absent && !seen.all()
                                ? Search.Unsure.ofMoreThan(MAX_PAGES * 100)
                                : among));
    }

    /**
     * Batches that may be a part.
     *
     * @param all whether no other may be
     */
    private record Candidates(List<String> ids, boolean all) {}

    private CompletableFuture<Candidates> candidates(
            Part part, Set<String> others, String query, int page, List<String> found) {
        return calls.get(BATCHES, query).thenCompose(list -> {
            Instant from = part.intendedAt().orElseThrow().minus(SKEW);
            boolean older = false;
            for (JsonNode one : list.path("data")) {
                older |= createdAt(one).isBefore(from);
                String id = one.path("id").asText();
                if (!createdAt(one).isBefore(from) && hasAsMany(one, part) && !others.contains(id)) {
                    found.add(id);
                }
            }
            String last = list.path("last_id").asText("");
            boolean more = !older && list.path("has_more").asBoolean() && !last.isEmpty();
            return more && page < MAX_PAGES
                    ? candidates(
                            part,
                            others,
                            "?limit=100&after_id="
                                    + new EndpointPath("/" + last).value().substring(1),
                            page + 1,
                            found)
                    : CompletableFuture.completedFuture(new Candidates(found, !more));
        });
    }

    private static boolean hasAsMany(JsonNode candidate, Part part) {
        long count = 0;
        for (JsonNode some : candidate.path("request_counts")) {
            count += some.asLong();
        }
        return count == part.requests().size();
    }

    private static Instant createdAt(JsonNode candidate) {
        try {
            return OffsetDateTime.parse(candidate.path("created_at").asText()).toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    /** Looks into the results of those that ended; one that did not may be the part. */
    private CompletableFuture<Search> sift(Part part, List<String> candidates, Path scratch) {
        if (candidates.isEmpty()) {
            return CompletableFuture.completedFuture(new Search.Absent());
        }
        String first = candidates.get(0);
        List<String> rest = candidates.subList(1, candidates.size());
        return look(first).thenCompose(seen -> {
            if (seen.end() == VendorBatch.End.NOT_YET) {
                return sift(part, rest, scratch)
                        .thenApply(among -> among instanceof Search.Found
                                ? among
                                : new Search.Unsure(
                                        "batch `" + first + "` may be it, which is certain only when that has ended"));
            }
            return calls.download(seen.results().get(0), scratch)
                    .thenCompose(none -> isTagged(scratch, part))
                    .thenCompose(ours -> ours
                            ? CompletableFuture.completedFuture(new Search.Found(first))
                            : sift(part, rest, scratch));
        });
    }

    private CompletableFuture<Boolean> isTagged(Path results, Part part) {
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(results))) {
            Optional<JsonlLine> line = lines.next();
            return CompletableFuture.completedFuture(
                    line.isPresent() && read(line.get().bytes()).key().endsWith(suffix(part)));
        } catch (IOException | MalformedJsonException e) {
            // not known to be another's, so not passed over
            return CompletableFuture.failedFuture(new IOException("cannot read the results of a batch", e));
        }
    }
}
