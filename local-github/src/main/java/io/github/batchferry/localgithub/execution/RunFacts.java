package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StableId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What GitHub tells a run about itself, in one place: as the variables {@code GITHUB_*} and, by the same names in lower
 * case, as the context {@code github}.
 */
public final class RunFacts {
    private static final String PREFIX = "GITHUB_";
    private static final String REF_PROTECTED = "GITHUB_REF_PROTECTED";

    private RunFacts() {}

    /**
     * The variables that are known as soon as there is a run.
     *
     * @param refProtected whether the branch that it runs for is protected
     */
    public static Map<String, String> variables(RunRecord run, Addresses addresses, boolean refProtected) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("GITHUB_ACTIONS", "true");
        facts.put("GITHUB_ACTOR", run.actor());
        facts.put("GITHUB_ACTOR_ID", "" + StableId.of(run.actor()));
        facts.put("GITHUB_TRIGGERING_ACTOR", run.latest().triggeringActor());
        facts.put("GITHUB_API_URL", addresses.api());
        facts.put("GITHUB_SERVER_URL", addresses.html());
        facts.put("GITHUB_GRAPHQL_URL", addresses.graphql());
        facts.put("GITHUB_REPOSITORY", run.repositoryName().toString());
        facts.put("GITHUB_REPOSITORY_ID", "" + StableId.of(run.repositoryName().toString()));
        facts.put("GITHUB_REPOSITORY_OWNER", run.owner());
        facts.put("GITHUB_REPOSITORY_OWNER_ID", "" + StableId.of(run.owner()));
        facts.put("GITHUB_REF", run.ref());
        facts.put("GITHUB_REF_NAME", run.refName());
        facts.put("GITHUB_REF_TYPE", run.ref().startsWith("refs/tags/") ? "tag" : "branch");
        facts.put(REF_PROTECTED, "" + refProtected);
        facts.put("GITHUB_HEAD_REF", "");
        facts.put("GITHUB_BASE_REF", "");
        facts.put("GITHUB_SHA", run.sha());
        facts.put("GITHUB_RUN_ID", "" + run.id());
        facts.put("GITHUB_RUN_NUMBER", "" + run.number());
        facts.put("GITHUB_RUN_ATTEMPT", "" + run.latest().number());
        facts.put("GITHUB_WORKFLOW", run.workflowName());
        facts.put("GITHUB_WORKFLOW_REF", run.repositoryName() + "/" + run.workflowPath() + "@" + run.ref());
        facts.put("GITHUB_WORKFLOW_SHA", run.sha());
        facts.put("GITHUB_EVENT_NAME", run.event());
        return facts;
    }

    /** The context {@code github}, made of variables and the event. */
    public static ObjectNode context(Map<String, String> variables, JsonNode event) {
        ObjectNode context = Json.object();
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                context.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        // of all that stands in a variable too, this alone is no text
        context.put("ref_protected", "true".equals(variables.get(REF_PROTECTED)));
        context.put("repositoryUrl", repositoryUrl(variables));
        context.put("repository_visibility", "private");
        context.put("secret_source", "Actions");
        context.set("event", event);
        return context;
    }

    private static String repositoryUrl(Map<String, String> variables) {
        String server = variables.get("GITHUB_SERVER_URL").replaceFirst("^\\w+://", "git://");
        return server + "/" + variables.get("GITHUB_REPOSITORY") + ".git";
    }
}
