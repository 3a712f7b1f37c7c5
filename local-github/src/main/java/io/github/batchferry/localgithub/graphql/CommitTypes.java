package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.LocalCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Commits, and what statuses and checks say of them. */
final class CommitTypes {
    private final LocalCalls calls;
    private final RestLists lists;

    /** A commit of a repository. */
    record Commit(HostedRepository repository, String sha) {}

    /** All that was said of a commit. */
    private record Rollup(String state, List<GraphType.Member> contexts) {}

    CommitTypes(LocalCalls calls) {
        this.calls = calls;
        this.lists = new RestLists(calls);
    }

    void addTo(Schema schema) {
        schema.addWithLists(new GraphType<Commit>("Commit", "Node", "GitObject")
                .value("oid", Commit::sha)
                .value(
                        "messageHeadline",
                        commit -> commit.repository.commit(commit.sha).getShortMessage())
                .value("message", commit -> commit.repository.commit(commit.sha).getFullMessage())
                .field(
                        "statusCheckRollup",
                        "StatusCheckRollup",
                        (commit, arguments, caller) -> rollup(commit, caller)));
        schema.add(new GraphType<Rollup>("StatusCheckRollup")
                .value("state", Rollup::state)
                .list("contexts", "StatusCheckRollupContext", (rollup, arguments, caller) -> rollup.contexts));
        schema.addWithLists(GraphType.union("StatusCheckRollupContext", "StatusContext", "CheckRun"));
        schema.add(new JsonType("StatusContext")
                .value("id", "node_id")
                .value("context", "context")
                .value("description", "description")
                .word("state", "state")
                .value("targetUrl", "target_url")
                .value("createdAt", "created_at")
                .type());
        schema.add(new JsonType("CheckRun")
                .value("id", "node_id")
                .value("databaseId", "id")
                .value("name", "name")
                .word("status", "status")
                .word("conclusion", "conclusion")
                .value("startedAt", "started_at")
                .value("completedAt", "completed_at")
                .value("detailsUrl", "details_url")
                .object("checkSuite", "CheckSuite", check -> check)
                .type());
        schema.add(new JsonType("CheckSuite")
                .value("databaseId", "check_suite.id")
                .object("workflowRun", "WorkflowRun", check -> check.has("workflow") ? check : null)
                .type());
        schema.add(new JsonType("WorkflowRun")
                .value("databaseId", "check_suite.id")
                .object("workflow", "Workflow", check -> check)
                .type());
        schema.add(new JsonType("Workflow").value("name", "workflow").type());
    }

    private Rollup rollup(Commit commit, Caller caller) throws IOException, ApiException {
        String path = "/repos/" + commit.repository.name() + "/commits/" + commit.sha;
        List<GraphType.Member> contexts = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (JsonNode status : lists.all(caller, path + "/status", "statuses")) {
            contexts.add(new GraphType.Member("StatusContext", status));
            outcomes.add(status.path("state").asText());
        }
        for (JsonNode check : lists.all(caller, path + "/check-runs", "check_runs")) {
            contexts.add(new GraphType.Member("CheckRun", withWorkflow((ObjectNode) check, commit, caller)));
            outcomes.add(check.path("conclusion").asText("pending"));
        }
        return contexts.isEmpty() ? null : new Rollup(state(outcomes), contexts);
    }

    /** A job's check, with the name of its workflow. */
    private ObjectNode withWorkflow(ObjectNode check, Commit commit, Caller caller) throws IOException {
        if (check.path("app").path("slug").asText().equals("github-actions")) {
            String run = "/repos/" + commit.repository.name() + "/actions/runs/"
                    + check.path("check_suite").path("id").asText();
            try {
                check.set("workflow", calls.get(caller, run).path("name"));
            } catch (ApiException e) {
                return check; // a check that a job made belongs to no run, and not everybody may see runs
            }
        }
        return check;
    }

    private static String state(List<String> outcomes) {
        Set<String> all = outcomes.stream().collect(Collectors.toSet());
        if (all.removeAll(Set.of("success", "neutral", "skipped")) && all.isEmpty()) {
            return "SUCCESS";
        }
        return all.equals(Set.of("pending")) ? "PENDING" : "FAILURE";
    }
}
