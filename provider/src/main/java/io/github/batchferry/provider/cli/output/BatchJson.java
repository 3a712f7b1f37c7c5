package io.github.batchferry.provider.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonSupport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A batch as JSON for programs. Keys are always there; what is not known is null. */
public final class BatchJson {
    private BatchJson() {}

    /** What a command found, with the results where it collected some. */
    public static ObjectNode of(BatchOutcome outcome) {
        ObjectNode json = ofRecord(outcome.record());
        json.set("run", outcome.report().run().map(BatchJson::run).orElse(null));
        json.set("failure", outcome.report().failure().map(BatchJson::failure).orElse(null));
        json.set("results", outcome.results().map(BatchJson::results).orElse(null));
        json.put("exit_code", outcome.exitCode());
        return json;
    }

    /** What the journal knows of a batch. */
    public static ObjectNode ofRecord(BatchRecord batch) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("batch_id", batch.manifest().batchId().value());
        json.put("target", batch.target().name());
        json.put("created_at", batch.manifest().createdAt().toString());
        json.put("requests", batch.manifest().requestCount());
        json.put("phase", batch.phase().name().toLowerCase(Locale.ROOT));
        json.put("run_url", batch.runUrl().orElse(null));
        return json;
    }

    private static ObjectNode run(WorkflowRun run) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("id", run.id());
        json.put("attempt", run.attempt());
        json.put("status", run.status());
        json.put("conclusion", run.conclusion().orElse(null));
        json.put("url", run.htmlUrl().toString());
        return json;
    }

    private static ObjectNode failure(RunReport.Failure failure) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("job", failure.job().map(WorkflowJob::name).orElse(null));
        json.put("step", failure.step().map(WorkflowJob.Step::name).orElse(null));
        ArrayNode log = json.putArray("log");
        failure.log().forEach(log::add);
        return json;
    }

    private static ObjectNode results(BatchOutcome.Results results) {
        CollectedBatch collected = results.collected();
        Optional<BatchSummary> summary = collected.summary();
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        ObjectNode counts = json.putObject("counts");
        for (ResponseStatus status : ResponseStatus.values()) {
            counts.put(status.toString(), collected.count(status));
        }
        counts.put("missing", collected.missingCount());
        addIds(json.putArray("missing_ids"), collected.missing());
        addIds(json.putArray("duplicate_ids"), collected.duplicates());
        addIds(json.putArray("unknown_ids"), collected.unknown());
        if (CostText.known(collected)) {
            addUsage(json.putObject("token_usage"), collected.usage());
        } else {
            json.putNull("token_usage");
        }
        json.put("cost_usd", summary.flatMap(BatchSummary::costUsd).orElse((BigDecimal) null));
        json.put("cost_known_usd", summary.map(s -> s.accounts().knownCostUsd()).orElse((BigDecimal) null));
        json.put("cost_unknown", summary.map(s -> s.accounts().costUnknown()).orElse((Long) null));
        json.put("started_at", summary.map(s -> s.startedAt().toString()).orElse(null));
        json.put("finished_at", summary.map(s -> s.finishedAt().toString()).orElse(null));
        json.put("elapsed_ms", results.elapsed().toMillis());
        json.put("responses", results.place().orElse(null));
        json.put("branch", collected.branch());
        json.put("commit", collected.commit().orElse(null));
        return json;
    }

    private static void addIds(ArrayNode array, List<CustomId> ids) {
        ids.forEach(id -> array.add(id.value()));
    }

    private static void addUsage(ObjectNode json, TokenUsage usage) {
        json.put("input", usage.input());
        json.put("output", usage.output());
        json.put("cache_read", usage.cacheRead());
        json.put("cache_write", usage.cacheWrite());
        json.put("reasoning", usage.reasoning());
    }
}
