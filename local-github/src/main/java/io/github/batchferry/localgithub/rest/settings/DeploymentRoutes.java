package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Deployments: the jobs that name an environment. They come from the records of runs, nobody else makes any. */
public final class DeploymentRoutes implements Routes {
    /** What all of them are for. */
    static final String TASK = "deploy";

    private static final String LIST = Route.REPOSITORY + "/deployments";
    private static final String ONE = LIST + "/{deployment}";
    private static final String ANY = "none";

    private final DeploymentJson json;
    private final RunStore runs;

    public DeploymentRoutes(RepositoryJson repositories, AccountJson accounts, RunStore runs) {
        this.json = new DeploymentJson(repositories, accounts);
        this.runs = runs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                read(LIST, this::list),
                read(ONE, this::get),
                read(ONE + "/statuses", this::statuses),
                read(ONE + "/statuses/{status}", this::status));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "deployments", Access.READ, handler);
    }

    /** All of the repository, newest first. */
    private List<Deployment> all(Request request) {
        return runs.of(request.repository().name())
                .filter(run -> request.shows(run.createdAt()))
                .flatMap(run -> Deployment.of(run).stream())
                .sorted(Comparator.comparing(Deployment::id).reversed())
                .toList();
    }

    private static Deployment find(Request request, List<Deployment> all) throws ApiException {
        long id = request.id("deployment");
        return all.stream()
                .filter(deployment -> deployment.id() == id)
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET /repos/{owner}/{repo}/deployments}. */
    public Response list(Request request) {
        List<Deployment> all = all(request);
        List<Deployment> wanted = all.stream()
                .filter(deployment -> fits(request, "sha", deployment.run().sha()))
                .filter(deployment -> fits(request, "ref", deployment.run().refName()))
                .filter(deployment -> fits(request, "task", TASK))
                .filter(deployment ->
                        fits(request, "environment", deployment.job().environment()))
                .toList();
        return page(request, json.listUrl(request.repository()), wanted, deployment -> shape(request, deployment, all));
    }

    private static boolean fits(Request request, String parameter, String value) {
        String wanted = request.parameter(parameter).orElse(ANY);
        return wanted.equals(ANY) || wanted.equalsIgnoreCase(value);
    }

    private static <T> Response page(Request request, String url, List<T> all, Function<T, ObjectNode> shape) {
        Page page = Page.of(request);
        ArrayNode entries = Json.array();
        page.of(all).forEach(entry -> entries.add(shape.apply(entry)));
        return page.link(Response.ok(entries), url, request.query(), all.size());
    }

    private ObjectNode shape(Request request, Deployment deployment, List<Deployment> all) {
        List<Deployment.Step> steps = deployment.steps(all);
        return json.deployment(
                request.repository(), deployment, steps.get(steps.size() - 1).since());
    }

    /** {@code GET /repos/{owner}/{repo}/deployments/{deployment}}. */
    public Response get(Request request) throws ApiException {
        List<Deployment> all = all(request);
        return Response.ok(shape(request, find(request, all), all));
    }

    /** {@code GET /repos/{owner}/{repo}/deployments/{deployment}/statuses}, newest first. */
    public Response statuses(Request request) throws ApiException {
        List<Deployment> all = all(request);
        Deployment deployment = find(request, all);
        List<Deployment.Step> steps = new ArrayList<>(deployment.steps(all));
        Collections.reverse(steps);
        String url = json.statusesUrl(request.repository(), deployment);
        return page(request, url, steps, step -> json.status(request.repository(), deployment, step));
    }

    /** {@code GET /repos/{owner}/{repo}/deployments/{deployment}/statuses/{status}}. */
    public Response status(Request request) throws ApiException {
        List<Deployment> all = all(request);
        Deployment deployment = find(request, all);
        long id = request.id("status");
        return Response.ok(deployment.steps(all).stream()
                .filter(step -> step.id() == id)
                .findFirst()
                .map(step -> json.status(request.repository(), deployment, step))
                .orElseThrow(ApiException::notFound));
    }
}
