package io.github.batchferry.provider.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.RestReply;
import io.github.batchferry.provider.connection.ApiTrace;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RestAccess;
import io.github.batchferry.provider.targets.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at everything that a batch sent to a target depends on. It changes nothing: what the token may do is found out by
 * calls that must fail, whose refusals differ.
 */
public final class Examination {
    private final Target.GitHubActions target;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Optional<ApiTrace> trace;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param environment where the token is looked for
     * @param trace hears of every exchange
     */
    public Examination(
            Target.GitHubActions target, Map<String, String> environment, Clock clock, Optional<ApiTrace> trace) {
        this.target = target;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.trace = trace;
    }

    /** Examines once; what cannot be looked at because of an earlier finding is left out. */
    public Diagnosis run() {
        RestAccess access;
        try {
            access = RestAccess.of(target, environment, clock, trace);
        } catch (ConnectionFailedException e) {
            findings.add(Finding.fail("token", "none", e.getMessage()));
            return new Diagnosis(findings, true);
        }
        try {
            return examine(access);
        } catch (GitHubException e) {
            findings.add(Finding.fail(
                    "server", e.getMessage(), "check the network and the target's api_url, and try again"));
            return new Diagnosis(findings, false);
        }
    }

    private Diagnosis examine(RestAccess access) throws GitHubException {
        RestReply reply = access.rest().get("read the settings", "");
        if (reply.is(401)) {
            findings.add(Finding.fail(
                    "token",
                    access.origin() + ", refused by GitHub (401)",
                    "put a valid one there, or log in again: gh auth login"));
            return new Diagnosis(findings, true);
        }
        ServerChecks server = new ServerChecks(access, target, clock);
        findings.addAll(server.of(reply));
        if (!reply.is(200)) {
            findings.add(Finding.fail(
                    "repository",
                    target.repository() + ": " + reply.refusal().getMessage(),
                    "check repo of target `" + target.name() + "`, and that the token (" + access.origin()
                            + ") may see it"));
            return new Diagnosis(findings, false);
        }
        JsonNode repository = reply.json();
        findings.addAll(server.ofRepository(repository));
        String branch = repository.path("default_branch").asText();
        WorkflowChecks workflow = new WorkflowChecks(access.rest(), target);
        RestReply look = workflow.look();
        findings.addAll(workflow.of(look, branch));
        findings.addAll(new KeyChecks(access.rest(), target).run(branch));
        List<Finding> rights = new TokenRights(access, target).run(look.is(200));
        findings.addAll(rights);
        return new Diagnosis(findings, rights.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL));
    }
}
