package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import io.github.batchferry.localgithub.store.StableId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules that a call gives an environment. What it does not name is not asked for any more.
 *
 * @param branches which branches and tags may be deployed
 * @param waitMinutes how long jobs wait
 * @param reviewers logins
 */
record EnvironmentChange(Branches branches, int waitMinutes, List<String> reviewers) {
    private static final Set<String> KEYS =
            Set.of("wait_timer", "prevent_self_review", "reviewers", "deployment_branch_policy");

    /**
     * Reads a call.
     *
     * @param known logins that the environment asks already
     */
    static EnvironmentChange of(Request request, List<String> known) throws ApiException {
        Fields body = Fields.orNone(request, "Environment");
        if (request.body().length > 0) {
            checkKeys(request);
        }
        if (body.flag("prevent_self_review").orElse(false)) {
            throw body.invalid(
                    "prevent_self_review",
                    "the embedded GitHub does not support `prevent_self_review`: it has one user only");
        }
        return new EnvironmentChange(branches(body), wait(body), reviewers(request, body, known));
    }

    private static void checkKeys(Request request) throws ApiException {
        for (String key : (Iterable<String>) request.object()::fieldNames) {
            if (key.equals("can_admins_bypass")) {
                throw ApiException.unprocessable("Invalid request.\n\nthe embedded GitHub does not support"
                        + " `can_admins_bypass`: nobody goes past the rules of an environment");
            }
            if (!KEYS.contains(key)) {
                throw ApiException.unprocessable("Invalid request.\n\n\"" + key + "\" is not a permitted key.");
            }
        }
    }

    private static int wait(Fields body) throws ApiException {
        long minutes = body.number("wait_timer").orElse(0L);
        if (minutes < 0 || minutes > EnvironmentRules.LONGEST_WAIT) {
            throw body.invalid("wait_timer", "wait_timer must be between 0 and " + EnvironmentRules.LONGEST_WAIT);
        }
        return (int) minutes;
    }

    private static Branches branches(Fields body) throws ApiException {
        Fields policy = body.object("deployment_branch_policy").orElse(null);
        if (policy == null) {
            return Branches.ALL;
        }
        boolean onlyProtected =
                policy.flag("protected_branches").orElseThrow(() -> policy.missing("protected_branches"));
        boolean custom =
                policy.flag("custom_branch_policies").orElseThrow(() -> policy.missing("custom_branch_policies"));
        if (onlyProtected == custom) {
            throw body.invalid(
                    "deployment_branch_policy",
                    "protected_branches and custom_branch_policies cannot have the same value");
        }
        return custom ? Branches.SELECTED : Branches.PROTECTED;
    }

    private static List<String> reviewers(Request request, Fields body, List<String> known) throws ApiException {
        Set<String> candidates = new LinkedHashSet<>(known);
        candidates.add(Caller.User.LOGIN);
        candidates.add(request.repository().name().owner());
        List<String> logins = new ArrayList<>();
        for (Fields reviewer : body.objects("reviewers")) {
            logins.add(login(reviewer, candidates));
        }
        if (logins.size() > EnvironmentRules.MOST_REVIEWERS) {
            throw body.invalid("reviewers", "at most " + EnvironmentRules.MOST_REVIEWERS + " reviewers are allowed");
        }
        return logins;
    }

    private static String login(Fields reviewer, Set<String> candidates) throws ApiException {
        String type = reviewer.needed("type");
        if (!type.equals("User")) {
            throw reviewer.invalid("type", "the embedded GitHub does not support reviewers of type `" + type + "`");
        }
        long id = reviewer.number("id").orElseThrow(() -> reviewer.missing("id"));
        return candidates.stream()
                .filter(login -> StableId.of(login) == id)
                .findFirst()
                .orElseThrow(() -> reviewer.invalid("id", "no user `" + id + "` may review in this repository"));
    }

    /** These rules, with the policies that the environment has. */
    EnvironmentRules rules(EnvironmentRecord before) {
        return new EnvironmentRules(
                branches, branches == Branches.SELECTED ? before.patterns() : List.of(), waitMinutes, reviewers);
    }
}
