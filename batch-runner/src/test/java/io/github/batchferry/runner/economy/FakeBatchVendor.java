package io.github.batchferry.runner.economy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The batch APIs of OpenAI and Anthropic on loopback, as a test scripts them. Every batch is over after a few looks, as its
 * {@link Fate} says. Counts what is submitted, for nothing may be submitted twice.
 */
public final class FakeBatchVendor implements AutoCloseable {
    /** What becomes of a batch. */
    public enum Fate {
        COMPLETED,
        /** The first half is answered, then time is up. */
        EXPIRED,
        /** The whole file is refused. */
        INVALID,
        /** Too many tokens wait already. */
        OVER_LIMIT,
        /** Goes on until it is cancelled; the first half is answered by then. */
        ENDLESS
    }

    /** A batch that was submitted. */
    public static final class Batch {
        public final String id;
        public final List<JsonNode> requests;
        final Fate fate;
        final JsonNode creation;
        final Instant createdAt;

        // Mutable state
        int looks;
        boolean cancelled;

        Batch(String id, List<JsonNode> requests, Fate fate, JsonNode creation, Instant createdAt) {
            this.id = id;
            this.requests = requests;
            this.fate = fate;
            this.creation = creation;
            this.createdAt = createdAt;
        }

        boolean isOver() {
            return cancelled || (fate != Fate.ENDLESS && looks > 1);
        }

        /** How many of its requests are answered when it is over. */
        int answered() {
            return switch (fate) {
                case COMPLETED -> requests.size();
                case EXPIRED, ENDLESS -> requests.size() / 2;
                case INVALID, OVER_LIMIT -> 0;
            };
        }
    }

    private static final String ID = "/v1/batches/";
    private static final String MESSAGE_BATCHES = "/v1/messages/batches";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "fake-vendor");
        thread.setDaemon(true);
        return thread;
    });

    // Mutable state, guarded by this
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Batch> batches = new ArrayList<>();
    private final List<Fate> fates = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private int loseAnswers;
    private int failLooks;
    private int refuseCreations;
    private int refuseCancels;
    private boolean listing = true;
    private int lateLists;
    private boolean endlessLists;
    private boolean forgetful;
    private String resultsHost = "";
    private Instant clock = Instant.now();
    private Runnable beforeCreation = () -> {};

    public FakeBatchVendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What becomes of the next batches, in order; after these all complete. */
    public synchronized void fates(Fate... next) {
        fates.addAll(List.of(next));
    }

    /** The next creations of batches are done, but the connection breaks before the answer. */
    public synchronized void loseAnswers(int count) {
        loseAnswers = count;
    }

    /** The next looks at batches fail with a 503. */
    public synchronized void failLooks(int count) {
        failLooks = count;
    }

    /** The next creations are refused with a 429. */
    public synchronized void refuseCreations(int count) {
        refuseCreations = count;
    }

    /** The next cancellations are refused with a 429. */
    public synchronized void refuseCancels(int count) {
        refuseCancels = count;
    }

    /** Whether batches are listed. */
    public synchronized void listing(boolean shown) {
        listing = shown;
    }

    /** The next lists of batches do not show any yet. */
    public synchronized void lateLists(int count) {
        lateLists = count;
    }

    /** Every list says that there are more batches. */
    public synchronized void endlessLists() {
        endlessLists = true;
    }

    /** Whether no batch is known, as to the key of another project. */
    public synchronized void forgetful(boolean all) {
        forgetful = all;
    }

    /** Anthropic's results are said to be at another server. */
    public synchronized void resultsAt(String host) {
        resultsHost = host;
    }

    public synchronized void beforeCreation(Runnable action) {
        beforeCreation = action;
    }

    /** Puts a batch there that somebody else made. */
    public synchronized Batch foreign(int requests, Fate fate) {
        List<JsonNode> lines = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            lines.add(JsonSupport.MAPPER.createObjectNode().put("custom_id", "r" + i + "-0123456789abcdef"));
        }
        return add(lines, fate, JsonSupport.MAPPER.createObjectNode());
    }

    public synchronized List<Batch> batches() {
        return List.copyOf(batches);
    }

    /** Every call as method, path and the name of the header with the key. */
    public synchronized List<String> calls() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Runnable before;
        synchronized (this) {
            seen.add(method + " " + path);
            before = beforeCreation;
        }
        if (isCreation(method, path)) {
            before.run();
        }
        try (exchange) {
            answer(exchange, method, path, body);
        } catch (RuntimeException e) {
            send(exchange, 500, "{\"error\":{\"message\":\"" + e + "\"}}");
        }
    }

    private static boolean isCreation(String method, String path) {
        return method.equals("POST") && (path.equals("/v1/batches") || path.equals(MESSAGE_BATCHES));
    }

    private synchronized void answer(HttpExchange exchange, String method, String path, byte[] body)
            throws IOException {
        boolean known = "Bearer sk-1234".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || "sk-1234".equals(exchange.getRequestHeaders().getFirst("x-api-key"));
        if (!known) {
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            send(exchange, 401, "{\"error\":{\"message\":\"wrong key " + key.substring(7, 23) + "*\"}}");
        } else if (isCreation(method, path)) {
            create(exchange, path, body);
        } else if (method.equals("POST") && path.equals("/v1/files")) {
            String id = "file-" + files.size();
            files.put(id, FakeBatchResults.content(exchange, body));
            send(exchange, 200, "{\"id\":\"" + id + "\"}");
        } else if (path.startsWith("/v1/files/")) {
            send(exchange, 200, new String(files.get(path.split("/")[3]), StandardCharsets.UTF_8));
        } else if (path.equals("/v1/batches") || path.equals(MESSAGE_BATCHES)) {
            list(exchange, path);
        } else if (path.endsWith("/cancel")) {
            cancel(exchange, batch(path));
        } else if (path.endsWith("/results")) {
            send(exchange, 200, FakeBatchResults.anthropicResults(batch(path)));
        } else {
            look(exchange, path);
        }
    }

    private void cancel(HttpExchange exchange, Batch batch) throws IOException {
        if (refuseCancels > 0) {
            refuseCancels--;
            refuse(exchange);
            return;
        }
        batch.cancelled = true;
        send(exchange, 200, "{\"id\":\"" + batch.id + "\"}");
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        send(exchange, 429, "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}");
    }

    private void create(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (refuseCreations > 0) {
            refuseCreations--;
            refuse(exchange);
            return;
        }
        JsonNode creation = JsonSupport.MAPPER.readTree(body);
        List<JsonNode> requests = new ArrayList<>();
        if (path.equals(MESSAGE_BATCHES)) {
            creation.path("requests").forEach(requests::add);
        } else {
            String text = new String(files.get(creation.path("input_file_id").asText()), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                requests.add(JsonSupport.MAPPER.readTree(line));
            }
        }
        Batch batch = add(requests, fates.isEmpty() ? Fate.COMPLETED : fates.remove(0), creation);
        if (loseAnswers > 0) {
            loseAnswers--;
            exchange.close();
            return;
        }
        send(exchange, 200, "{\"id\":\"" + batch.id + "\"}");
    }

    private Batch add(List<JsonNode> requests, Fate fate, JsonNode creation) {
        clock = clock.plusMillis(1);
        Batch batch = new Batch("batch_" + batches.size(), requests, fate, creation, clock);
        batches.add(batch);
        return batch;
    }

    private Batch batch(String path) {
        return batches.stream()
                .filter(batch -> Arrays.asList(path.split("/")).contains(batch.id))
                .findFirst()
                .orElseThrow();
    }

    private void list(HttpExchange exchange, String path) throws IOException {
        if (!listing) {
            send(exchange, 404, "{\"error\":{\"message\":\"no such path\"}}");
            return;
        }
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        ArrayNode data = json.putArray("data");
        boolean late = lateLists-- > 0;
        for (int i = batches.size() - 1; i >= 0 && !late; i--) {
            data.add(path.equals(MESSAGE_BATCHES) ? anthropic(batches.get(i)) : openAi(batches.get(i)));
        }
        json.put("has_more", endlessLists).put("last_id", "batch_last");
        send(exchange, 200, json.toString());
    }

    private void look(HttpExchange exchange, String path) throws IOException {
        if (failLooks > 0) {
            failLooks--;
            send(exchange, 503, "{}");
            return;
        }
        if (forgetful) {
            send(exchange, 404, "{\"error\":{\"message\":\"no such batch\"}}");
            return;
        }
        Batch batch = batch(path);
        batch.looks++;
        send(exchange, 200, (path.startsWith(ID) ? openAi(batch) : anthropic(batch)).toString());
    }

    private ObjectNode openAi(Batch batch) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("id", batch.id).put("status", batch.isOver() ? openAiEnd(batch) : "in_progress");
        json.set("metadata", batch.creation.path("metadata"));
        json.putNull("output_file_id").putNull("error_file_id");
        if (batch.isOver() && batch.answered() > 0) {
            json.put("output_file_id", "out-" + batch.id);
            files.put("out-" + batch.id, FakeBatchResults.openAiResults(batch).getBytes(StandardCharsets.UTF_8));
        }
        if (batch.isOver() && batch.fate == Fate.EXPIRED) {
            json.put("error_file_id", "err-" + batch.id);
            files.put("err-" + batch.id, FakeBatchResults.openAiErrors(batch).getBytes(StandardCharsets.UTF_8));
        }
        if (batch.isOver() && batch.fate == Fate.INVALID) {
            error(json, "invalid_json_line", "This line is not parseable as valid JSON.")
                    .put("line", 1);
        }
        if (batch.isOver() && batch.fate == Fate.OVER_LIMIT) {
            error(json, "token_limit_exceeded", "Enqueued token limit reached.");
        }
        return json;
    }

    private static ObjectNode error(ObjectNode json, String code, String message) {
        return json.putObject("errors")
                .putArray("data")
                .addObject()
                .put("code", code)
                .put("message", message);
    }

    private static String openAiEnd(Batch batch) {
        return batch.cancelled
                ? "cancelled"
                : switch (batch.fate) {
                    case EXPIRED -> "expired";
                    case INVALID, OVER_LIMIT -> "failed";
                    default -> "completed";
                };
    }

    private ObjectNode anthropic(Batch batch) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("id", batch.id).put("processing_status", batch.isOver() ? "ended" : "in_progress");
        json.put("created_at", batch.createdAt.toString());
        json.put(
                "results_url",
                batch.isOver()
                        ? (resultsHost.isEmpty() ? base() : resultsHost) + MESSAGE_BATCHES + "/" + batch.id + "/results"
                        : null);
        json.putObject("request_counts")
                .put("processing", batch.requests.size())
                .put("succeeded", 0);
        return json;
    }

    private static void send(HttpExchange exchange, int status, String body) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
