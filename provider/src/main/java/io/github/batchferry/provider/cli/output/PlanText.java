package io.github.batchferry.provider.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.provider.batch.BatchPlan;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.json.JsonSupport;
import java.util.List;

/** What submitting would do, for people and for programs. */
public final class PlanText {
    private PlanText() {}

    /** The lines of a small table: one fact a line, its name first. */
    public static List<String> of(BatchPlan plan) {
        Table table = new Table();
        table.row("target", plan.target().name());
        table.row("requests", Amounts.number(plan.requests()) + cached(plan));
        table.row("size", Amounts.bytes(plan.bytes()));
        table.row("tokens", "about " + Amounts.number(plan.inputTokens()) + " in");
        table.row("delivery", plan.delivery().map(PlanText::delivery).orElse("nothing to send"));
        table.row("jobs", Amounts.number(plan.jobs()));
        table.row(
                "outcome",
                plan.underWay()
                        .map(batch -> "goes on with batch " + batch + ", which has the same requests")
                        .orElse("nothing was sent: this is a dry run"));
        return table.aligned();
    }

    /** The plan as a JSON object, in one line. */
    public static ObjectNode json(BatchPlan plan) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("dry_run", true);
        json.put("target", plan.target().name());
        json.put("requests", plan.requests());
        json.put("cached", plan.cached());
        json.put("bytes", plan.bytes());
        json.put("estimated_input_tokens", plan.inputTokens());
        plan.delivery()
                .ifPresentOrElse(way -> putDelivery(json.putObject("delivery"), way), () -> json.putNull("delivery"));
        json.put("jobs", plan.jobs());
        json.put("under_way", plan.underWay().map(BatchId::value).orElse(null));
        return json;
    }

    private static void putDelivery(ObjectNode json, BatchPlan.Delivered way) {
        json.put("route", way.inline() ? "inline" : "branch");
        json.put("bytes", way.bytes());
        json.put("files", way.files());
    }

    private static String cached(BatchPlan plan) {
        return plan.cached() == 0 ? "" : ", " + Amounts.number(plan.cached()) + " of them answered by the cache";
    }

    private static String delivery(BatchPlan.Delivered way) {
        return way.inline()
                ? "inside the dispatch, " + Amounts.bytes(way.bytes()) + " compressed"
                : "on a branch, " + Amounts.bytes(way.bytes()) + " in " + Amounts.count(way.files(), "file");
    }
}
