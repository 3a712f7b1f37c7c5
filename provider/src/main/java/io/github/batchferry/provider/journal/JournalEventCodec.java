package io.github.batchferry.provider.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.provider.journal.JournalEvent.Cancelled;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.JournalEvent.Continued;
import io.github.batchferry.provider.journal.JournalEvent.Delivered;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import io.github.batchferry.provider.journal.JournalEvent.Dispatching;
import io.github.batchferry.provider.journal.JournalEvent.Prepared;
import io.github.batchferry.provider.journal.JournalEvent.Refused;
import io.github.batchferry.provider.journal.JournalEvent.Restarted;
import io.github.batchferry.provider.journal.JournalEvent.Resubmitted;
import io.github.batchferry.provider.journal.JournalEvent.Retries;
import io.github.batchferry.provider.journal.JournalEvent.RunLost;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The form of events in {@code journal.jsonl}: one object a line, with {@code event} and {@code at} first. */
final class JournalEventCodec {
    private JournalEventCodec() {}

    /** The line of an event, without line break. */
    static byte[] write(JournalEvent event) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("event", name(event)).put("at", event.at().toString());
        if (event instanceof Prepared prepared) {
            json.set("target", TargetCodec.write(prepared.target()));
        } else if (event instanceof Retries retries) {
            json.put("batch", retries.batch().value());
        } else if (event instanceof Resubmitted resubmitted) {
            json.set("target", TargetCodec.write(resubmitted.target()));
        } else if (event instanceof Delivered delivered) {
            json.put("commit", delivered.commit().map(CommitSha::value).orElse(null));
        } else if (event instanceof Dispatching dispatching) {
            json.put("highest_run_id", dispatching.highestRunId());
        } else if (event instanceof Refused refused) {
            json.put("reason", refused.reason());
        } else if (event instanceof Dispatched dispatched) {
            dispatched.runId().ifPresent(id -> json.put("run_id", id));
            dispatched.runUrl().ifPresent(url -> json.put("run_url", url));
        } else if (event instanceof Restarted restarted) {
            json.put("after_attempt", restarted.afterAttempt());
        } else if (event instanceof Continued continued) {
            json.put("paused_run", continued.pausedRun());
        } else if (event instanceof RunLost lost) {
            json.put("run_id", lost.runId());
        } else if (event instanceof Collected collected) {
            json.put("commit", collected.commit().map(CommitSha::value).orElse(null));
            putIds(json.putArray("duplicates"), collected.duplicates());
            putIds(json.putArray("unknown"), collected.unknown());
            collected.responses().ifPresent(digest -> json.put("responses_sha256", digest.toString()));
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws MalformedJsonException if the line is no event that this version knows, with the reason */
    static JournalEvent read(byte[] line) throws MalformedJsonException {
        try {
            return event(JsonSupport.MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }

    private static JournalEvent event(JsonNode json) throws MalformedJsonException {
        Instant at = Instant.parse(text(json, "at"));
        String name = text(json, "event");
        return switch (name) {
            case "prepared" -> new Prepared(at, TargetCodec.read(json.path("target")));
            case "retries" -> new Retries(at, new BatchId(text(json, "batch")));
            case "resubmitted" -> new Resubmitted(at, TargetCodec.read(json.path("target")));
            case "delivered" -> new Delivered(at, optionalText(json, "commit").map(CommitSha::new));
            case "dispatching" -> new Dispatching(at, number(json, "highest_run_id"));
            case "refused" -> new Refused(at, text(json, "reason"));
            case "dispatched" -> new Dispatched(at, optionalNumber(json, "run_id"), optionalText(json, "run_url"));
            case "restarted" -> new Restarted(at, Math.toIntExact(number(json, "after_attempt")));
            case "continued" -> new Continued(at, number(json, "paused_run"));
            case "runlost" -> new RunLost(at, number(json, "run_id"));
            case "cancelled" -> new Cancelled(at);
            case "collected" ->
                new Collected(
                        at,
                        optionalText(json, "commit").map(CommitSha::new),
                        ids(json.path("duplicates")),
                        ids(json.path("unknown")),
                        optionalText(json, "responses_sha256").map(Sha256::new));
            default ->
                throw new MalformedJsonException(
                        "event `" + name + "` was written by a newer ferry; update this one to work with the batch");
        };
    }

    private static String name(JournalEvent event) {
        return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static void putIds(ArrayNode array, List<CustomId> ids) {
        ids.forEach(id -> array.add(id.value()));
    }

    private static List<CustomId> ids(JsonNode array) {
        List<CustomId> ids = new ArrayList<>();
        array.forEach(id -> ids.add(new CustomId(id.asText())));
        return ids;
    }

    static String text(JsonNode json, String key) throws MalformedJsonException {
        return optionalText(json, key).orElseThrow(() -> new MalformedJsonException("missing $." + key));
    }

    static Optional<String> optionalText(JsonNode json, String key) {
        return Optional.of(json.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static long number(JsonNode json, String key) throws MalformedJsonException {
        return optionalNumber(json, key).orElseThrow(() -> new MalformedJsonException("missing $." + key));
    }

    private static OptionalLong optionalNumber(JsonNode json, String key) {
        return json.path(key).isIntegralNumber()
                ? OptionalLong.of(json.path(key).asLong())
                : OptionalLong.empty();
    }
}
