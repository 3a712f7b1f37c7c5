package io.github.batchferry.localgithub.checks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.apps.AppJson;
import io.github.batchferry.localgithub.apps.AppRecord;
import io.github.batchferry.localgithub.apps.Apps;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import java.io.IOException;
import java.util.List;

/** GitHub's shapes of checks. */
public final class CheckJson {
    private final RepositoryJson repositories;
    private final Apps apps;
    private final AppJson appJson;

    public CheckJson(RepositoryJson repositories, Apps apps, AppJson appJson) {
        this.repositories = repositories;
        this.apps = apps;
        this.appJson = appJson;
    }

    String api(HostedRepository repository) {
        return repositories.url(repository);
    }

    private ObjectNode app(long id) {
        return appJson.app(apps.find(id).orElse(AppRecord.ACTIONS));
    }

    /** The shape {@code check-run}. */
    ObjectNode check(HostedRepository repository, CheckRecord check) {
        String url = api(repository) + "/check-runs/" + check.id();
        boolean job = check.id() < CheckBook.FIRST;
        String page = job ? check.detailsUrl() : repositories.htmlUrl(repository) + "/runs/" + check.id();
        ObjectNode json = Json.object()
                .put("id", check.id())
                .put("name", check.name())
                .put("node_id", AccountJson.nodeId("CheckRun", check.id()))
                .put("head_sha", check.sha())
                .put("external_id", check.externalId())
                .put("url", url)
                .put("html_url", page)
                .put("details_url", check.detailsUrl() == null ? page : check.detailsUrl())
                .put("status", check.status())
                .put("conclusion", check.conclusion())
                .put("started_at", RepositoryJson.time(check.startedAt()))
                .put("completed_at", RepositoryJson.time(check.completedAt()));
        json.putObject("output")
                .put("title", check.output().title())
                .put("summary", check.output().summary())
                .put("text", check.output().text())
                .put("annotations_count", check.output().annotations().size())
                .put("annotations_url", url + "/annotations");
        json.putObject("check_suite").put("id", check.suiteId());
        json.set("app", app(check.appId()));
        json.putArray("pull_requests");
        return json;
    }

    /** The shape {@code check-annotation}. */
    ObjectNode annotation(HostedRepository repository, CheckRecord check, CheckAnnotation annotation) {
        return Json.object()
                .put("path", annotation.path())
                .put(
                        "blob_href",
                        repositories.htmlUrl(repository) + "/blob/" + check.sha() + "/"
                                + Paths.encode(annotation.path()))
                .put("start_line", annotation.startLine())
                .put("start_column", annotation.startColumn())
                .put("end_line", annotation.endLine())
                .put("end_column", annotation.endColumn())
                .put("annotation_level", annotation.level())
                .put("title", annotation.title() == null ? "" : annotation.title())
                .put("message", annotation.message())
                .put("raw_details", annotation.rawDetails() == null ? "" : annotation.rawDetails());
    }

    /** The shape {@code check-suite}. */
    ObjectNode suite(HostedRepository repository, SuiteRecord suite, List<CheckRecord> checks) throws IOException {
        String url = api(repository) + "/check-suites/" + suite.id();
        ObjectNode json = Json.object()
                .put("id", suite.id())
                .put("node_id", AccountJson.nodeId("CheckSuite", suite.id()))
                .put("head_branch", suite.branch())
                .put("head_sha", suite.sha())
                .put("status", SuiteOutcome.status(checks))
                .put("conclusion", SuiteOutcome.conclusion(checks))
                .put("url", url)
                .putNull("before")
                .put("after", suite.sha());
        json.putArray("pull_requests");
        json.set("app", app(suite.appId()));
        json.set("repository", repositories.minimal(repository));
        json.put("created_at", RepositoryJson.time(suite.createdAt()))
                .put("updated_at", RepositoryJson.time(suite.createdAt()))
                .put("latest_check_runs_count", checks.size())
                .put("check_runs_url", url + "/check-runs");
        json.set("head_commit", CommitJson.simple(repository.commit(suite.sha())));
        return json;
    }
}
