package io.github.batchferry.localgithub.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a job can prove about itself.
 *
 * @param facts variables {@code GITHUB_*} of the job, from which most claims are taken
 * @param environment its deployment environment
 * @param workflowRef file and ref that define the job, as {@code OWNER/REPO/PATH@REF}; another than the run's if a
 *     workflow was called
 * @param workflowSha commit of that file
 * @param checkRunId id of the job
 */
public record JobClaims(
        Map<String, String> facts,
        Optional<String> environment,
        String workflowRef,
        String workflowSha,
        long checkRunId) {
    private static final List<String> TAKEN = List.of(
            "repository",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
            "ref",
            "ref_type",
            "ref_protected",
            "sha",
            "workflow",
            "workflow_ref",
            "workflow_sha",
            "run_id",
            "run_number",
            "run_attempt",
            "actor",
            "actor_id",
            "event_name",
            "head_ref",
            "base_ref");

    public JobClaims {
        facts = Map.copyOf(facts);
    }

    /** Who the tokens are about, in the form that trust policies are written in. */
    public String subject() {
        String repository = "repo:" + fact("repository") + ":";
        if (environment.isPresent()) {
            return repository + "environment:" + environment.get().replace(":", "%3A");
        }
        return fact("event_name").startsWith("pull_request")
                ? repository + "pull_request"
                : repository + "ref:" + fact("ref");
    }

    /** For whom tokens are if nobody else is named. */
    String usualAudience() {
        return fact("server_url") + "/" + fact("repository_owner");
    }

    private String fact(String name) {
        return facts.getOrDefault("GITHUB_" + name.toUpperCase(Locale.ROOT), "");
    }

    ObjectNode json() {
        ObjectNode claims = Json.object().put("sub", subject());
        TAKEN.forEach(name -> claims.put(name, fact(name)));
        environment.ifPresent(name -> claims.put("environment", name));
        return claims.put("job_workflow_ref", workflowRef)
                .put("job_workflow_sha", workflowSha)
                .put("check_run_id", "" + checkRunId)
                .put("repository_visibility", "private")
                .put("runner_environment", "self-hosted");
    }
}
