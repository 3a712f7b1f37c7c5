package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GitHub Actions over the JDK's HTTP client. Repeats nothing that may have changed something, and never leaves
 * the origin of the API. Thread-safe.
 */
public final class HttpActionsClient implements ActionsApi {
    private static final String RETURN_RUN_DETAILS = "return_run_details";

    private final String root;
    private final String actions;
    private final RepositorySlug repository;
    private final AuthorizedHttp http;
    private final GitHubFailures failures;
    private final RunJson runs;
    private final ArtifactCalls artifacts;

    // Mutable state
    private volatile Optional<Quota> quota = Optional.empty();
    private volatile boolean withoutDetails;

    /**
     * @param server the GitHub
     * @param repository the runner repository
     * @param tokens asked before every request, so that it may be renewed
     * @param clock tells how long a rate limit lasts
     */
    public HttpActionsClient(GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock) {
        this(server, repository, tokens, clock, ApiNetwork.usual());
    }

    /** @param deadline for each request, from sending to the last byte of the answer */
    public HttpActionsClient(
            GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock, Duration deadline) {
        this(server, repository, tokens, clock, ApiNetwork.direct(deadline));
    }

    /** @param network how the server is reached */
    public HttpActionsClient(
            GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock, ApiNetwork network) {
        UsedTokens used = new UsedTokens(tokens);
        this.root = server.apiUrl() + "/repos/" + repository;
        this.actions = root + "/actions/";
        this.repository = repository;
        this.http = new AuthorizedHttp(server.apiUrl(), new GitHubHttp(network), used);
        this.failures = new GitHubFailures(used, clock);
        this.runs = new RunJson(server, repository);
        this.artifacts = new ArtifactCalls(server, network, used, failures);
    }

    @Override
    public Dispatched dispatch(String workflow, String ref, Map<String, String> inputs) throws GitHubException {
        GitHubReply reply = postDispatch(workflow, ref, inputs, !withoutDetails);
        if (!withoutDetails && refusesRunDetails(reply)) {
            // nothing was started: servers that do not know the property (GHES before 3.21) say so
            withoutDetails = true;
            reply = postDispatch(workflow, ref, inputs, false);
        }
        return dispatched(reply.expect(200, 204));
    }

    private GitHubReply postDispatch(String workflow, String ref, Map<String, String> inputs, boolean details)
            throws GitHubException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("ref", ref);
        inputs.forEach(body.putObject("inputs")::put);
        if (details) {
            body.put(RETURN_RUN_DETAILS, true);
        }
        return post(
                "start workflow `" + workflow + "`", "workflows/" + encoded(workflow) + "/dispatches", body.toString());
    }

    private static boolean refusesRunDetails(GitHubReply reply) {
        return (reply.status() == 400 || reply.status() == 422) && reply.says(RETURN_RUN_DETAILS);
    }

    /** Taken is taken: an answer without readable details is one to be found by the run's name. */
    private Dispatched dispatched(GitHubReply reply) {
        try {
            JsonNode answer = reply.json();
            long id = answer.path("workflow_run_id").longValue();
            return id > 0 ? new Dispatched.Run(id, runs.page(answer, id)) : new Dispatched.Unnamed();
        } catch (IOException e) {
            return new Dispatched.Unnamed();
        }
    }

    @Override
    public RunLook run(long runId, Optional<String> etag) throws GitHubException {
        String task = "read run " + runId;
        HttpRequest.Builder request =
                request("runs/" + runId + "?exclude_pull_requests=true").GET();
        etag.ifPresent(tag -> request.header("If-None-Match", tag));
        GitHubReply reply = send(task, request);
        if (reply.status() == 304) {
            return new RunLook.Unchanged();
        }
        return new RunLook.Changed(reply.expect(200).read(runs::run), reply.etag());
    }

    @Override
    public List<WorkflowRun> runs(String workflow, int page) throws GitHubException {
        String path = "workflows/" + encoded(workflow) + "/runs?per_page=100&exclude_pull_requests=true"
                + (page > 1 ? "&page=" + page : "");
        return get("list the runs of workflow `" + workflow + "`", path)
                .expect(200)
                .read(runs::list);
    }

    @Override
    public List<WorkflowJob> jobsOf(long runId) throws GitHubException {
        return get("read the jobs of run " + runId, "runs/" + runId + "/jobs?per_page=100")
                .expect(200)
                .read(JobJson::list);
    }

    @Override
    public List<PendingDeployment> pendingDeployments(long runId) throws GitHubException {
        return get("read what run " + runId + " waits for", "runs/" + runId + "/pending_deployments")
                .expect(200)
                .read(JobJson::pending);
    }

    @Override
    public Optional<String> workflowState(String workflow) throws GitHubException {
        GitHubReply reply = get("read workflow `" + workflow + "`", "workflows/" + encoded(workflow));
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(reply.expect(200).read(node -> node.path("state").asText("active")));
    }

    @Override
    public Optional<RepositoryFacts> repositoryFacts() throws GitHubException {
        GitHubReply reply =
                send("look at the repository", request(URI.create(root)).GET());
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(reply.expect(200)
                        .read(node -> new RepositoryFacts(
                                node.path("default_branch").asText("main"),
                                node.path("archived").asBoolean(false))));
    }

    @Override
    public boolean hasFile(String path, String ref) throws GitHubException {
        URI address = URI.create(root + "/contents/" + encoded(path).replace("%2F", "/") + "?ref=" + encoded(ref));
        GitHubReply reply = send(
                "look for `" + path + "` on `" + ref + "`", request(address).GET());
        return reply.status() != 404 && reply.expect(200).status() == 200;
    }

    /** Content of a file on the default branch; empty if there is none, or it may not be read. */
    Optional<byte[]> file(String path) throws GitHubException {
        URI address = URI.create(root + "/contents/" + encoded(path).replace("%2F", "/"));
        GitHubReply reply = send(
                "read file `" + path + "`",
                request(address)
                        .setHeader("Accept", "application/vnd.github.raw+json")
                        .GET());
        boolean limited = reply.status() == 403 && reply.refused() instanceof GitHubRateLimitException;
        return reply.status() == 404 || reply.status() == 403 && !limited
                ? Optional.empty()
                : Optional.of(reply.expect(200).body());
    }

    @Override
    public Optional<Quota> quota() {
        return quota;
    }

    @Override
    public void cancel(long runId) throws GitHubException {
        post("cancel run " + runId, "runs/" + runId + "/cancel", "").expect(202, 409);
    }

    @Override
    public void forceCancel(long runId) throws GitHubException {
        post("force-cancel run " + runId, "runs/" + runId + "/force-cancel", "").expect(202, 409);
    }

    @Override
    public void rerun(long runId) throws GitHubException {
        GitHubReply reply = post("re-run run " + runId, "runs/" + runId + "/rerun", "");
        if (reply.status() == 403 && (reply.says("already running") || reply.says("Unable to retry"))) {
            // GitHub's answer to a wrong moment, not to a wrong token
            throw failures.wrongState(reply);
        }
        reply.expect(201);
    }

    @Override
    public List<RunArtifact> artifacts(long runId, String name) throws GitHubException {
        String path = "runs/" + runId + "/artifacts?per_page=100&name=" + encoded(name);
        return send("list the artifacts of run " + runId, request(path).GET())
                .expect(200)
                .read(ArtifactCalls::list);
    }

    @Override
    public void download(RunArtifact artifact, Path file) throws GitHubException {
        artifacts.download(
                "download artifact `" + artifact.name() + "` of `" + repository + "`",
                request("artifacts/" + artifact.id() + "/zip").GET(),
                file);
    }

    private GitHubReply post(String task, String path, String body) throws GitHubException {
        HttpRequest.Builder request = request(path);
        if (body.isEmpty()) {
            return send(task, request.POST(BodyPublishers.noBody()));
        }
        return send(task, request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private GitHubReply get(String task, String path) throws GitHubException {
        return send(task, request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return request(URI.create(actions + path));
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28");
    }

    private GitHubReply send(String task, HttpRequest.Builder request) throws GitHubException {
        String whole = task + " of `" + repository + "`";
        try (GitHubAnswer answer = http.send(request)) {
            quota = quota(answer).or(() -> quota);
            return new GitHubReply(whole, answer.status(), answer.headers(), answer.bytes(), failures);
        } catch (IOException e) {
            throw failures.unreachable(whole, e);
        }
    }

    private static Optional<Quota> quota(GitHubAnswer answer) {
        return answer.header("x-ratelimit-limit")
                .filter(HttpActionsClient::isNumber)
                .flatMap(limit -> answer.header("x-ratelimit-remaining")
                        .filter(HttpActionsClient::isNumber)
                        .map(remaining -> new Quota(Long.parseLong(limit), Long.parseLong(remaining))));
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,10}");
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
