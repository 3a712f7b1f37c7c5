package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.LocalCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pull requests, as the REST API knows them. */
public final class PullTypes {
    private final LocalCalls calls;
    private final RestLists lists;
    private final Nodes nodes;

    /**
     * A pull request.
     *
     * @param json as the REST API lists it
     */
    record Pull(HostedRepository repository, JsonNode json) {
        String path() {
            return "/repos/" + repository.name() + "/pulls/"
                    + json.path("number").asText();
        }

        String issuePath() {
            return "/repos/" + repository.name() + "/issues/"
                    + json.path("number").asText();
        }

        JsonNode at(String place) {
            return JsonType.at(json, place);
        }
    }

    /** @param calls the REST API */
    public PullTypes(LocalCalls calls, Nodes nodes) {
        this.calls = calls;
        this.nodes = nodes;
        this.lists = new RestLists(calls);
    }

    /** Adds them to a schema, and to its repositories. */
    public void addTo(Schema schema) {
        new CommitTypes(calls).addTo(schema);
        TalkTypes.addTo(schema);
        GraphType<Pull> type = new GraphType<>("PullRequest", "Node", "Closable");
        identity(type);
        branches(type);
        computed(type);
        TalkTypes.talk(type, lists);
        schema.addWithLists(type);
        schema.addWithLists(
                new GraphType<CommitTypes.Commit>("PullRequestCommit").object("commit", "Commit", commit -> commit));
        new PullMutations(calls, nodes).addTo(schema);
        GraphType<HostedRepository> repository = schema.type("Repository");
        repository
                .list("pullRequests", "PullRequest", this::select)
                .field(
                        "pullRequest",
                        "PullRequest",
                        (found, arguments, caller) ->
                                one(found, arguments.number("number").orElse(0), caller));
    }

    private static void identity(GraphType<Pull> type) {
        type.value("id", pull -> pull.at("node_id"))
                .value("databaseId", pull -> pull.at("id"))
                .value("number", pull -> pull.at("number"))
                .value("title", pull -> pull.at("title"))
                .value("body", pull -> pull.at("body").asText(""))
                .value("state", PullTypes::state)
                .value("url", pull -> pull.at("html_url"))
                .value("isDraft", pull -> pull.at("draft"))
                .value("closed", pull -> !pull.at("state").asText().equals("open"))
                .value("createdAt", pull -> pull.at("created_at"))
                .value("updatedAt", pull -> pull.at("updated_at"))
                .value("closedAt", pull -> pull.at("closed_at"))
                .value("mergedAt", pull -> pull.at("merged_at"))
                .object("author", "User", pull -> JsonType.text(pull.json, "user.login"));
    }

    private static String state(Pull pull) {
        return pull.at("merged_at").isNull() ? JsonType.upper(pull.at("state")) : "MERGED";
    }

    private static void branches(GraphType<Pull> type) {
        type.value("headRefName", pull -> pull.at("head.ref"))
                .value("headRefOid", pull -> pull.at("head.sha"))
                .value("baseRefName", pull -> pull.at("base.ref"))
                .value("baseRefOid", pull -> pull.at("base.sha"))
                .constant("isCrossRepository", false)
                .object(
                        "headRepositoryOwner",
                        "User",
                        pull -> pull.repository.name().owner())
                .object("headRepository", "Repository", Pull::repository)
                .object(
                        "mergeCommit",
                        "Commit",
                        pull -> pull.at("merge_commit_sha").isNull()
                                ? null
                                : new CommitTypes.Commit(
                                        pull.repository,
                                        pull.at("merge_commit_sha").asText()));
    }

    /** What is known only of a pull request that is looked at by itself. */
    private void computed(GraphType<Pull> type) {
        for (String[] field : new String[][] {
            {"additions", "additions"},
            {"deletions", "deletions"},
            {"changedFiles", "changed_files"},
            {"maintainerCanModify", "maintainer_can_modify"},
        }) {
            type.field(
                    field[0],
                    "",
                    (pull, arguments, caller) -> full(pull, caller).path(field[1]));
        }
        type.field("mergeable", "", (pull, arguments, caller) -> {
                    JsonNode mergeable = full(pull, caller).path("mergeable");
                    return mergeable.isNull() ? "UNKNOWN" : mergeable.asBoolean() ? "MERGEABLE" : "CONFLICTING";
                })
                .field(
                        "mergeStateStatus",
                        "",
                        (pull, arguments, caller) ->
                                JsonType.upper(full(pull, caller).path("mergeable_state")))
                .field(
                        "mergedBy",
                        "User",
                        (pull, arguments, caller) -> JsonType.text(full(pull, caller), "merged_by.login"))
                .list("commits", "PullRequestCommit", this::commits);
    }

    private JsonNode full(Pull pull, Caller caller) throws IOException, ApiException {
        return pull.json.has("mergeable") ? pull.json : calls.get(caller, pull.path());
    }

    private List<CommitTypes.Commit> commits(Pull pull, Arguments arguments, Caller caller)
            throws IOException, ApiException {
        return lists.all(caller, pull.path() + "/commits", "").stream()
                .map(commit -> new CommitTypes.Commit(
                        pull.repository, commit.path("sha").asText()))
                .toList();
    }

    private Pull one(HostedRepository repository, int number, Caller caller) throws IOException, GraphException {
        try {
            return new Pull(repository, calls.get(caller, "/repos/" + repository.name() + "/pulls/" + number));
        } catch (ApiException e) {
            throw new GraphException(
                    "NOT_FOUND", "Could not resolve to a PullRequest with the number of " + number + ".");
        }
    }

    private List<Pull> select(HostedRepository repository, Arguments arguments, Caller caller)
            throws IOException, ApiException {
        List<Pull> pulls = new ArrayList<>();
        for (JsonNode json : lists.all(caller, "/repos/" + repository.name() + "/pulls?state=all", "")) {
            Pull pull = new Pull(repository, json);
            List<String> states = arguments.texts("states");
            if ((states.isEmpty() || states.contains(state(pull)))
                    && is(arguments, "headRefName", pull.at("head.ref"))
                    && is(arguments, "baseRefName", pull.at("base.ref"))) {
                pulls.add(pull);
            }
        }
        // REST lists the newest first, GraphQL the oldest unless it is told otherwise
        if (!arguments.object("orderBy").text("direction").orElse("ASC").equals("DESC")) {
            Collections.reverse(pulls);
        }
        return pulls;
    }

    private static boolean is(Arguments arguments, String name, JsonNode value) {
        return arguments
                .text(name)
                .filter(wanted -> !wanted.equals(value.asText()))
                .isEmpty();
    }
}
