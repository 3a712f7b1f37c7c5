package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.flag;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.StateBadge;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RunRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which runs a list shows.
 *
 * @param file name of a workflow's file; empty for those of all
 * @param status name of a state in small letters; empty for all
 */
record RunListFilter(String file, String status) {
    static RunListFilter of(Visit visit) {
        String inPath = visit.path().getOrDefault("file", "");
        return new RunListFilter(
                visit.parameter("workflow").orElse(inPath),
                visit.parameter("status").orElse(""));
    }

    boolean takes(RunRecord run) {
        AttemptRecord attempt = run.latest();
        return (file.isEmpty() || RunPaths.fileName(run.workflowPath()).equals(file))
                && (status.isEmpty()
                        || word(StateBadge.of(attempt.status(), attempt.conclusion()))
                                .equals(status));
    }

    private static String word(StateBadge badge) {
        return badge.name().toLowerCase(Locale.ROOT);
    }

    String path(RepositoryName repository) {
        return "/" + repository + "/actions";
    }

    /** The address of a page of the same list. */
    String query(String path, long page) {
        return path + "?workflow=" + Paths.encode(file) + "&status=" + Paths.encode(status) + "&page=" + page;
    }

    /** The form to choose by. */
    Html form(RepositoryName repository, List<RunRecord> all) {
        Map<String, String> workflows = new TreeMap<>();
        all.forEach(run -> workflows.put(RunPaths.fileName(run.workflowPath()), run.workflowName()));
        return tag(
                "form",
                css("filter"),
                attr("method", "get"),
                attr("action", path(repository)),
                field("workflow", "Workflow", options(workflows)),
                field("status", "Status", states()),
                tag("button", attr("type", "submit"), text("Show")));
    }

    private static Html field(String name, String label, Html options) {
        return tag(
                "span",
                css("field"),
                tag("label", attr("for", name), text(label)),
                tag("select", attr("id", name), attr("name", name), options));
    }

    private Html options(Map<String, String> workflows) {
        return all(
                option("", "All workflows", file.isEmpty()),
                all(workflows.entrySet().stream()
                        .map(each -> option(
                                each.getKey(), each.getValue(), each.getKey().equals(file)))
                        .toList()));
    }

    private Html states() {
        return all(
                option("", "Any status", status.isEmpty()),
                all(Arrays.stream(StateBadge.values())
                        .map(each -> option(word(each), each.word(), word(each).equals(status)))
                        .toList()));
    }

    private static Html option(String value, String label, boolean chosen) {
        return chosen
                ? tag("option", attr("value", value), flag("selected"), text(label))
                : tag("option", attr("value", value), text(label));
    }
}
