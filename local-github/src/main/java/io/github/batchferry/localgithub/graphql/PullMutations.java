package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.LocalCalls;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.Locale;

/** What queries do to pull requests; the REST API does it, and refuses it. */
final class PullMutations {
    private final LocalCalls calls;
    private final Nodes nodes;

    /** What was done, to which pull request. */
    private record Done(String clientMutationId, PullTypes.Pull pull) {}

    /** Does it. */
    @FunctionalInterface
    private interface Action {
        PullTypes.Pull apply(Arguments input, Caller caller) throws IOException, GraphException, ApiException;
    }

    PullMutations(LocalCalls calls, Nodes nodes) {
        this.calls = calls;
        this.nodes = nodes;
    }

    void addTo(Schema schema) {
        add(schema, "createPullRequest", this::create);
        add(schema, "mergePullRequest", this::merge);
        add(schema, "closePullRequest", (input, caller) -> change(input, caller, "closed"));
        add(schema, "reopenPullRequest", (input, caller) -> change(input, caller, "open"));
    }

    private static void add(Schema schema, String name, Action action) {
        String payload = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Payload";
        schema.add(new GraphType<Done>(payload)
                .value("clientMutationId", Done::clientMutationId)
                .object("pullRequest", "PullRequest", Done::pull));
        schema.type("Mutation").field(name, payload, (source, arguments, caller) -> {
            Arguments input = arguments.object("input");
            return new Done(input.text("clientMutationId").orElse(null), action.apply(input, caller));
        });
    }

    private PullTypes.Pull create(Arguments input, Caller caller) throws IOException, GraphException, ApiException {
        HostedRepository repository = nodes.repository(input.needed("repositoryId"), caller);
        ObjectNode body = Json.object()
                .put("title", input.needed("title"))
                .put("base", input.needed("baseRefName"))
                .put("head", input.needed("headRefName"))
                .put("draft", input.flag("draft"))
                .put("maintainer_can_modify", input.flag("maintainerCanModify"));
        input.text("body").ifPresent(text -> body.put("body", text));
        String path = "/repos/" + repository.name() + "/pulls";
        return new PullTypes.Pull(repository, calls.call(caller, "POST", path, body));
    }

    private PullTypes.Pull merge(Arguments input, Caller caller) throws IOException, GraphException, ApiException {
        PullTypes.Pull pull = nodes.pull(input.needed("pullRequestId"), caller);
        ObjectNode body = Json.object()
                .put("merge_method", input.text("mergeMethod").orElse("MERGE").toLowerCase(Locale.ROOT));
        input.text("commitHeadline").ifPresent(title -> body.put("commit_title", title));
        input.text("commitBody").ifPresent(text -> body.put("commit_message", text));
        input.text("expectedHeadOid").ifPresent(sha -> body.put("sha", sha));
        calls.call(caller, "PUT", pull.path() + "/merge", body);
        return again(pull, caller);
    }

    private PullTypes.Pull change(Arguments input, Caller caller, String state)
            throws IOException, GraphException, ApiException {
        PullTypes.Pull pull = nodes.pull(input.needed("pullRequestId"), caller);
        calls.call(caller, "PATCH", pull.path(), Json.object().put("state", state));
        return again(pull, caller);
    }

    private PullTypes.Pull again(PullTypes.Pull pull, Caller caller) throws IOException, ApiException {
        return new PullTypes.Pull(pull.repository(), calls.get(caller, pull.path()));
    }
}
