package io.github.batchferry.provider.setup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.RestReply;
import io.github.batchferry.provider.connection.RestAccess;
import io.github.batchferry.provider.targets.Target;
import java.util.List;

/**
 * What the token may do, found out without doing anything: GitHub refuses whoever may not (403, 404) before it finds that the
 * ref to run or the commit to show does not exist (422).
 */
final class TokenRights {
    /** A name that no branch and no tag can have. */
    private static final String NO_REF = "batchferry/doctor..probe";

    private static final String NO_COMMIT = "0".repeat(40);

    private final RestAccess access;
    private final Target.GitHubActions target;

    TokenRights(RestAccess access, Target.GitHubActions target) {
        this.access = access;
        this.target = target;
    }

    /** @param workflowThere whether there is a workflow to start; of one that is missing, GitHub says nothing else */
    List<Finding> run(boolean workflowThere) throws GitHubException {
        return workflowThere ? List.of(dispatch(), push()) : List.of(push());
    }

    private Finding dispatch() throws GitHubException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("ref", NO_REF);
        RestReply reply = access.rest()
                .send(
                        "POST",
                        "start workflow `" + target.workflow() + "`",
                        "/actions/workflows/" + RunnerRepository.path(target.workflow()) + "/dispatches",
                        body);
        return finding("start runs", "actions:write", reply);
    }

    private Finding push() throws GitHubException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("ref", "refs/heads/batchferry/doctor-probe")
                .put("sha", NO_COMMIT);
        return finding(
                "write branches", "contents:write", access.rest().send("POST", "create a branch", "/git/refs", body));
    }

    private Finding finding(String what, String permission, RestReply reply) {
        GitHubException refusal = reply.refusal();
        boolean mayNot = refusal instanceof GitHubAuthenticationException || refusal instanceof GitHubNotFoundException;
        if (refusal instanceof GitHubRateLimitException) {
            return Finding.warn(what, "not known: " + refusal.getMessage(), "try again later");
        }
        // a disabled workflow is refused with the same status
        if (mayNot && !refusal.getMessage().contains("disabled")) {
            return Finding.fail(
                    what,
                    "the token (" + access.origin() + ") may not",
                    "give it " + permission + " on " + target.repository());
        }
        return Finding.ok(what, "the token may");
    }
}
