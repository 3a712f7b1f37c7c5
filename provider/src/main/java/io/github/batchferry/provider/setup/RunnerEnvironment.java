package io.github.batchferry.provider.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.github.RestReply;
import java.util.Optional;

/** The environment whose secrets only the job that answers a batch gets, and only on the default branch. */
final class RunnerEnvironment {
    /** What the workflow calls it. */
    static final String NAME = "batchferry";

    private static final String PATH = "/environments/" + NAME;
    private static final String POLICIES = PATH + "/deployment-branch-policies";

    private final GitHubRest rest;

    RunnerEnvironment(GitHubRest rest) {
        this.rest = rest;
    }

    /** How far its secrets are kept from other branches. */
    enum State {
        /** Only jobs on the default branch get its secrets. */
        RESTRICTED,
        /** It lets every branch in. */
        OPEN,
        /** Its rules are others than ours, and not looked into. */
        OWN_RULES,
        /** It does not exist. */
        MISSING,
        /** The token may not see it. */
        UNSEEN
    }

    /** Looks at its rules. */
    State state(String branch) throws GitHubException {
        RestReply reply = rest.get("read environment `" + NAME + "`", PATH);
        if (reply.is(403)) {
            return State.UNSEEN;
        }
        return reply.is(404) ? State.MISSING : state(reply.expect(200).json(), branch);
    }

    private State state(JsonNode environment, String branch) throws GitHubException {
        JsonNode policy = environment.path("deployment_branch_policy");
        if (policy.path("custom_branch_policies").asBoolean()) {
            return allowsOnly(branch) ? State.RESTRICTED : State.OWN_RULES;
        }
        boolean untouched = environment.path("protection_rules").isEmpty();
        return policy.isObject() || !untouched ? State.OWN_RULES : State.OPEN;
    }

    private boolean allowsOnly(String branch) throws GitHubException {
        JsonNode policies = rest.get("read the branches of environment `" + NAME + "`", POLICIES)
                .expect(200)
                .json()
                .path("branch_policies");
        return policies.size() == 1 && policies.at("/0/name").asText().equals(branch);
    }

    /**
     * Creates it, or restricts one without rules, to a branch. Rules that somebody made are left alone.
     *
     * @return what could not be done, and what to do about it; empty if all is well
     */
    Optional<String> restrictTo(String branch) throws GitHubException {
        State found = state(branch);
        return switch (found) {
            case RESTRICTED -> Optional.empty();
            case OWN_RULES ->
                Optional.of("environment `" + NAME + "` has rules of its own, which stay; see that it lets branch `"
                        + branch + "` in and no other");
            case OPEN, MISSING, UNSEEN -> create(branch);
        };
    }

    private Optional<String> create(String branch) throws GitHubException {
        ObjectNode rules = JsonNodeFactory.instance.objectNode();
        rules.putObject("deployment_branch_policy")
                .put("protected_branches", false)
                .put("custom_branch_policies", true);
        RestReply created = rest.send("PUT", "create environment `" + NAME + "`", PATH, rules);
        if (created.is(403, 404, 422)) {
            return Optional.of("cannot restrict environment `" + NAME + "` to branch `" + branch + "` ("
                    + created.status()
                    + "); an administrator may, where the plan has environments: Settings, Environments,"
                    + " " + NAME + ", Deployment branches");
        }
        created.expect(200);
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("name", branch);
        rest.send("POST", "let branch `" + branch + "` into environment `" + NAME + "`", POLICIES, policy)
                .expect(200, 303);
        return Optional.empty();
    }
}
