package io.github.batchferry.provider.batch;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.RepositoryFacts;
import io.github.batchferry.provider.batch.DispatchRefusedException.Reason;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.targets.Target;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out why GitHub refused a dispatch: its own words are short, and a 404 may mean four things. Looks at most three
 * times, at what the refusal leaves open; what cannot be seen then is left at what GitHub said.
 */
final class DispatchDiagnosis {
    private static final String WORKFLOWS = ".github/workflows/";

    private final ActionsApi actions;
    private final Target.GitHubActions target;
    private final String ref;

    private DispatchDiagnosis(ActionsApi actions, Target.GitHubActions target, String ref) {
        this.actions = actions;
        this.target = target;
        this.ref = ref;
    }

    /**
     * Explains a refusal.
     *
     * @param refusal a certain no that is not about a rate limit
     * @param ref branch or tag that was to run
     */
    static GitHubException of(GitHubException refusal, RunnerConnection runner, Target target, String ref) {
        if (!(target instanceof Target.GitHubActions github)) {
            return refusal;
        }
        DispatchDiagnosis diagnosis = new DispatchDiagnosis(runner.actions(), github, ref);
        try {
            return diagnosis.explain(refusal).orElse(refusal);
        } catch (GitHubException e) {
            return refusal;
        }
    }

    private Optional<GitHubException> explain(GitHubException refusal) throws GitHubException {
        return switch (refusal.status()) {
            case 403 -> Optional.of(forbidden(refusal));
            case 404 -> Optional.of(missing(refusal));
            case 422 -> invalid(refusal);
            default -> Optional.empty();
        };
    }

    private GitHubException missing(GitHubException refusal) throws GitHubException {
        Optional<RepositoryFacts> facts = actions.repositoryFacts();
        if (facts.isEmpty()) {
            return because(
                    Reason.REPOSITORY,
                    refusal,
                    "there is no repository " + repository() + " at `"
                            + target.server().webUrl() + "`, or the token may not see it; check repo of target `"
                            + target.name() + "`, and that the token has access to the repository");
        }
        if (facts.get().archived()) {
            return archived(refusal);
        }
        Optional<String> state = actions.workflowState(target.workflow());
        if (state.isEmpty()) {
            return noWorkflow(refusal, facts.get().defaultBranch());
        }
        return state.get().equals("active") ? permission(refusal) : disabled(refusal, state.get());
    }

    private GitHubException noWorkflow(GitHubException refusal, String defaultBranch) throws GitHubException {
        String missing = "the default branch `" + defaultBranch + "` of " + repository() + " has no workflow `"
                + target.workflow() + "`";
        if (!ref.equals(defaultBranch) && actions.hasFile(WORKFLOWS + target.workflow(), ref)) {
            return because(
                    Reason.WORKFLOW,
                    refusal,
                    missing + ", only `" + ref + "` has it, and GitHub dispatches nothing else; merge it there");
        }
        return because(
                Reason.WORKFLOW,
                refusal,
                missing + "; install it with: ferry init-runner " + target.repository()
                        + ", or name another in workflow of target `" + target.name() + "`");
    }

    private GitHubException forbidden(GitHubException refusal) throws GitHubException {
        String said = refusal.getMessage().toLowerCase(Locale.ROOT);
        if (said.contains("archived")) {
            return archived(refusal);
        }
        if (said.contains("actions") && said.contains("disabled")) {
            return because(
                    Reason.ACTIONS_DISABLED,
                    refusal,
                    "GitHub Actions are disabled for " + repository()
                            + "; enable them in Settings, Actions, General of the repository or its organisation");
        }
        Optional<String> state = actions.workflowState(target.workflow());
        return state.isPresent() && state.get().startsWith("disabled")
                ? disabled(refusal, state.get())
                : permission(refusal);
    }

    private Optional<GitHubException> invalid(GitHubException refusal) throws GitHubException {
        String said = refusal.getMessage();
        if (said.contains("No ref found")) {
            return Optional.of(because(
                    Reason.REF,
                    refusal,
                    repository() + " has no branch or tag `" + ref + "`; check ref of target `" + target.name() + "`"));
        }
        if (said.contains("disabled workflow")) {
            return Optional.of(
                    disabled(refusal, actions.workflowState(target.workflow()).orElse("disabled_manually")));
        }
        if (said.contains("does not have 'workflow_dispatch' trigger")) {
            return Optional.of(because(
                    Reason.WORKFLOW_FILE,
                    refusal,
                    "workflow `" + target.workflow() + "` on `" + ref
                            + "` has no `workflow_dispatch` trigger; add `on: workflow_dispatch` with the inputs of"
                            + " the shipped workflow"));
        }
        return said.contains("inputs") || said.contains("input '") ? inputs(refusal, said) : brokenFile(refusal, said);
    }

    private Optional<GitHubException> inputs(GitHubException refusal, String said) {
        if (said.contains("too large")) {
            return Optional.of(because(
                    Reason.TOO_LARGE,
                    refusal,
                    "the inputs of the dispatch are too large for "
                            + target.server().webUrl()));
        }
        if (said.contains("you may only define up to")) {
            return Optional.of(because(
                    Reason.WORKFLOW_FILE,
                    refusal,
                    "workflow `" + target.workflow() + "` has more inputs than `"
                            + target.server().webUrl() + "` allows (" + said + "); a GHES allows 10"));
        }
        return Optional.of(because(
                Reason.INPUTS,
                refusal,
                "workflow `" + target.workflow() + "` on `" + ref + "` does not take the inputs of this version ("
                        + said + "); replace it and .ferry/batch-runner.jar with: ferry init-runner "
                        + target.repository() + ", or, if they are older than shards, remove shards from target `"
                        + target.name() + "`"));
    }

    private Optional<GitHubException> brokenFile(GitHubException refusal, String said) {
        return said.contains("parse workflow")
                ? Optional.of(because(
                        Reason.WORKFLOW_FILE,
                        refusal,
                        "GitHub cannot read workflow `" + target.workflow() + "` on `" + ref + "` (" + said
                                + "); check it with actionlint"))
                : Optional.empty();
    }

    private GitHubException archived(GitHubException refusal) {
        return because(
                Reason.ARCHIVED,
                refusal,
                repository()
                        + " is archived, so that nothing runs there; unarchive it, or name another repo in target `"
                        + target.name() + "`");
    }

    private GitHubException disabled(GitHubException refusal, String state) {
        String why = switch (state) {
            case "disabled_inactivity" -> "GitHub disabled it after 60 days without activity";
            case "disabled_fork" -> "workflows of a fork are disabled until somebody enables them";
            default -> "somebody disabled it";
        };
        return because(
                Reason.WORKFLOW_DISABLED,
                refusal,
                "workflow `" + target.workflow() + "` of " + repository() + " is disabled: " + why
                        + "; enable it with: gh workflow enable " + target.workflow() + " -R " + target.repository());
    }

    private GitHubException permission(GitHubException refusal) {
        return because(
                Reason.PERMISSION,
                refusal,
                "the token may see " + repository() + " but not start workflows there; it needs actions:write ("
                        + refusal.getMessage() + ")");
    }

    private DispatchRefusedException because(Reason reason, GitHubException refusal, String explanation) {
        return new DispatchRefusedException(reason, "cannot dispatch: " + explanation, refusal);
    }

    private String repository() {
        return "`" + target.repository() + "`";
    }
}
