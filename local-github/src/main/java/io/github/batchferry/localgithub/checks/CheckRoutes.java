package io.github.batchferry.localgithub.checks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.apps.AppRecord;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** Check runs. Apps and jobs make them, each its own; every job of a run is one, too. */
public final class CheckRoutes implements Routes {
    private final Checks checks;
    private final CheckJson json;

    public CheckRoutes(Checks checks, CheckJson json) {
        this.checks = checks;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        String base = Route.REPOSITORY + "/check-runs";
        String one = base + "/{check}";
        String suites = Route.REPOSITORY + "/check-suites/{suite}";
        String commit = Route.REPOSITORY + "/commits/{ref...}";
        return List.of(
                Route.of("POST", base, "checks", Access.WRITE, this::create),
                Route.of("GET", one, "checks", Access.READ, this::get),
                Route.of("PATCH", one, "checks", Access.WRITE, this::update),
                Route.of("GET", one + "/annotations", "checks", Access.READ, this::annotations),
                Route.of("GET", commit + "/check-runs", "checks", Access.READ, this::ofCommit),
                Route.of("GET", commit + "/check-suites", "checks", Access.READ, this::suitesOfCommit),
                Route.of("GET", suites, "checks", Access.READ, this::suite),
                Route.of("GET", suites + "/check-runs", "checks", Access.READ, this::ofSuite));
    }

    private static long app(Caller caller) throws ApiException {
        if (caller instanceof Caller.Installation installation) {
            return installation.appId();
        }
        if (caller instanceof Caller.Job) {
            return AppRecord.ACTIONS.id();
        }
        throw new ApiException(403, "You must authenticate via a GitHub App.");
    }

    private CheckRecord find(Request request) throws ApiException {
        return checks.find(request.repository(), request.id("check")).orElseThrow(ApiException::notFound);
    }

    /** {@code POST check-runs}. */
    public Response create(Request request) throws IOException, ApiException {
        long app = app(request.caller());
        Fields fields = Fields.of(request, "CheckRun");
        fields.needed("name");
        String sha = Commits.existing(request.repository(), fields.needed("head_sha"));
        CheckRecord check = checks.create(request.repository(), sha, app, CheckChange.of(request));
        return Response.json(201, json.check(request.repository(), check));
    }

    /** {@code PATCH check-runs/{check}}. */
    public Response update(Request request) throws ApiException {
        long app = app(request.caller());
        CheckRecord check = find(request);
        if (check.id() < CheckBook.FIRST) {
            throw new ApiException(403, "Check run " + check.id() + " is a job: only its run can change it");
        }
        if (check.appId() != app) {
            throw new ApiException(
                    403,
                    "Invalid app_id `" + app + "` - check run can only be modified by the GitHub App that created it.");
        }
        return Response.ok(json.check(
                request.repository(), checks.update(request.repository(), check.id(), CheckChange.of(request))));
    }

    /** {@code GET check-runs/{check}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(json.check(request.repository(), find(request)));
    }

    /** {@code GET check-runs/{check}/annotations}. */
    public Response annotations(Request request) throws ApiException {
        CheckRecord check = find(request);
        List<CheckAnnotation> all = check.output().annotations();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(annotation -> list.add(json.annotation(request.repository(), check, annotation)));
        String url = json.api(request.repository()) + "/check-runs/" + check.id() + "/annotations";
        return page.link(Response.ok(list), url, request.query(), all.size());
    }

    /** {@code GET commits/{ref}/check-runs}. */
    public Response ofCommit(Request request) throws IOException, ApiException {
        String ref = request.path().get("ref");
        String sha = Commits.of(request.repository(), ref);
        return list(request, checks.ofCommit(request.repository(), sha), "/commits/" + ref + "/check-runs");
    }

    /** {@code GET check-suites/{suite}/check-runs}. */
    public Response ofSuite(Request request) throws ApiException {
        SuiteRecord suite = findSuite(request);
        return list(request, checksOf(request.repository(), suite), "/check-suites/" + suite.id() + "/check-runs");
    }

    private Response list(Request request, List<CheckRecord> found, String path) {
        boolean all = request.parameter("filter").orElse("latest").equals("all");
        List<CheckRecord> chosen = (all ? found : Checks.latest(found))
                .stream()
                        .filter(check -> is(request, "check_name", check.name()))
                        .filter(check -> is(request, "status", check.status()))
                        .filter(check -> is(request, "app_id", "" + check.appId()))
                        .toList();
        Page page = Page.of(request);
        ObjectNode answer = Json.object().put("total_count", chosen.size());
        ArrayNode list = answer.putArray("check_runs");
        page.of(chosen).forEach(check -> list.add(json.check(request.repository(), check)));
        return page.link(Response.ok(answer), json.api(request.repository()) + path, request.query(), chosen.size());
    }

    private static boolean is(Request request, String parameter, String value) {
        return request.parameter(parameter)
                .filter(wanted -> !wanted.equals(value))
                .isEmpty();
    }

    private SuiteRecord findSuite(Request request) throws ApiException {
        return checks.suite(request.repository(), request.id("suite")).orElseThrow(ApiException::notFound);
    }

    private List<CheckRecord> checksOf(HostedRepository repository, SuiteRecord suite) {
        return checks.ofCommit(repository, suite.sha()).stream()
                .filter(check -> check.suiteId() == suite.id())
                .toList();
    }

    private ObjectNode suite(HostedRepository repository, SuiteRecord suite) throws IOException {
        return json.suite(repository, suite, Checks.latest(checksOf(repository, suite)));
    }

    /** {@code GET check-suites/{suite}}. */
    public Response suite(Request request) throws IOException, ApiException {
        return Response.ok(suite(request.repository(), findSuite(request)));
    }

    /** {@code GET commits/{ref}/check-suites}. */
    public Response suitesOfCommit(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String ref = request.path().get("ref");
        List<SuiteRecord> all = checks.suites(repository, Commits.of(repository, ref)).stream()
                .filter(suite -> is(request, "app_id", "" + suite.appId()))
                .toList();
        Page page = Page.of(request);
        ObjectNode answer = Json.object().put("total_count", all.size());
        ArrayNode list = answer.putArray("check_suites");
        for (SuiteRecord suite : page.of(all)) {
            list.add(suite(repository, suite));
        }
        String url = json.api(repository) + "/commits/" + ref + "/check-suites";
        return page.link(Response.ok(answer), url, request.query(), all.size());
    }
}
