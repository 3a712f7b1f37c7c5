package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.RepositoryFacts;
import io.github.batchferry.provider.batch.DispatchRefusedException.Reason;
import io.github.batchferry.provider.targets.Target;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason for which GitHub refuses a dispatch has words of its own, and says what to do. */
class DispatchDiagnosisTest {
    private static final String REPOSITORY = "`myorg/eval-runner`";

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void aRepositoryThatCannotBeSeen() {
        world.github.setRepositoryFacts(Optional.empty());

        assertRefused(
                notFound(),
                Reason.REPOSITORY,
                "there is no repository " + REPOSITORY + " at `https://github.com`, or the token may not see it; check"
                        + " repo of target `cloud`, and that the token has access to the repository");
    }

    @Test
    void anArchivedRepository() {
        world.github.setRepositoryFacts(Optional.of(new RepositoryFacts("main", true)));
        String words = REPOSITORY
                + " is archived, so that nothing runs there; unarchive it, or name another repo in target `cloud`";

        assertRefused(notFound(), Reason.ARCHIVED, words);
        assertRefused(forbidden("Repository was archived so is read-only."), Reason.ARCHIVED, words);
    }

    @Test
    void aWorkflowThatIsNotThere() {
        world.github.setWorkflowState(Optional.empty());

        assertRefused(
                notFound(),
                Reason.WORKFLOW,
                "the default branch `main` of " + REPOSITORY
                        + " has no workflow `run-evals.yml`; install it with: ferry"
                        + " init-runner myorg/eval-runner, or name another in workflow of target `cloud`");
    }

    @Test
    void aWorkflowThatIsOnTheRefOnly() {
        world.github.setWorkflowState(Optional.empty());
        world.github.putFileOnBranch("release", ".github/workflows/run-evals.yml");

        assertRefused(
                onRef("release"),
                notFound(),
                Reason.WORKFLOW,
                "the default branch `main` of " + REPOSITORY + " has no workflow `run-evals.yml`, only `release` has"
                        + " it, and GitHub dispatches nothing else; merge it there");
    }

    @ParameterizedTest
    @CsvSource({
        "disabled_manually, somebody disabled it",
        "disabled_inactivity, GitHub disabled it after 60 days without activity",
        "disabled_fork, workflows of a fork are disabled until somebody enables them"
    })
    void aWorkflowThatIsSwitchedOff(String state, String why) {
        world.github.setWorkflowState(Optional.of(state));
        String words = "workflow `run-evals.yml` of " + REPOSITORY + " is disabled: " + why
                + "; enable it with: gh workflow enable run-evals.yml -R myorg/eval-runner";

        assertRefused(
                invalid("Cannot trigger a 'workflow_dispatch' on a disabled workflow"),
                Reason.WORKFLOW_DISABLED,
                words);
        assertRefused(forbidden("Forbidden"), Reason.WORKFLOW_DISABLED, words);
    }

    @Test
    void actionsThatAreSwitchedOff() {
        assertRefused(
                forbidden("GitHub Actions is disabled on this repository"),
                Reason.ACTIONS_DISABLED,
                "GitHub Actions are disabled for " + REPOSITORY
                        + "; enable them in Settings, Actions, General of the repository or its organisation");
    }

    @Test
    void aWorkflowWithoutTheTrigger() {
        assertRefused(
                invalid("Workflow does not have 'workflow_dispatch' trigger"),
                Reason.WORKFLOW_FILE,
                "workflow `run-evals.yml` on `main` has no `workflow_dispatch` trigger; add `on: workflow_dispatch`"
                        + " with the inputs of the shipped workflow");
    }

    @Test
    void aBranchThatIsNotThere() {
        assertRefused(
                onRef("typo"),
                invalid("No ref found for: typo"),
                Reason.REF,
                REPOSITORY + " has no branch or tag `typo`; check ref of target `cloud`");
    }

    @Test
    void inputsThatTheWorkflowDoesNotKnow() {
        assertRefused(
                invalid("Unexpected inputs provided: [\"shards\"]"),
                Reason.INPUTS,
                "workflow `run-evals.yml` on `main` does not take the inputs of this version (422: Unexpected inputs"
                        + " provided: [\"shards\"]); replace it and .ferry/batch-runner.jar with: ferry init-runner"
                        + " myorg/eval-runner, or, if they are older than shards, remove shards from target `cloud`");
    }

    @Test
    void moreInputsThanTheServerAllows() {
        assertRefused(
                invalid("failed to parse workflow: you may only define up to 10 inputs"),
                Reason.WORKFLOW_FILE,
                "workflow `run-evals.yml` has more inputs than `https://github.com` allows (422: failed to parse"
                        + " workflow: you may only define up to 10 inputs); a GHES allows 10");
    }

    @Test
    void aWorkflowThatGitHubCannotRead() {
        assertRefused(
                invalid("failed to parse workflow: (Line: 3, Col: 1): Unexpected value"),
                Reason.WORKFLOW_FILE,
                "GitHub cannot read workflow `run-evals.yml` on `main` (422: failed to parse workflow: (Line: 3, Col:"
                        + " 1): Unexpected value); check it with actionlint");
    }

    @Test
    void aTokenThatMayNotDispatch() {
        String words = "the token may see " + REPOSITORY + " but not start workflows there; it needs actions:write (";

        assertRefused(
                forbidden("Resource not accessible by integration"),
                Reason.PERMISSION,
                words + "403: Resource not accessible by integration)");
        assertRefused(notFound(), Reason.PERMISSION, words + "404: Not Found)");
    }

    @Test
    void whatIsNotKnownIsLeftAtGitHubsWords() {
        GitHubException strange = invalid("Sorry");
        world.github.failNextDispatch(strange);

        assertThat(catchThrowableOfType(GitHubException.class, () -> submit(World.TARGET)))
                .isSameAs(strange);
    }

    @Test
    void aDefaultBranchThatWasRenamedIsFoundByAskingAgain() throws Exception {
        world.github.setDefaultBranch("main");
        world.github.failNextDispatch(invalid("No ref found for: main"));
        world.github.renameDefaultBranchWhenForgotten("trunk");

        world.client().submit(World.requests(1), World.TARGET, false);

        assertThat(world.github.dispatches())
                .singleElement()
                .satisfies(dispatch -> assertThat(dispatch.ref()).isEqualTo("trunk"));
    }

    private void assertRefused(GitHubException refusal, Reason reason, String words) {
        assertRefused(World.TARGET, refusal, reason, words);
    }

    private void assertRefused(Target target, GitHubException refusal, Reason reason, String words) {
        world.github.failNextDispatch(refusal);

        DispatchRefusedException e = catchThrowableOfType(DispatchRefusedException.class, () -> submit(target));

        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e).hasMessage("cannot dispatch: " + words).hasCause(refusal);
        assertThat(world.github.dispatches()).isEmpty();
    }

    private void submit(Target target) throws Exception {
        world.client().submit(World.requests(1), target, true);
    }

    private static Target onRef(String ref) {
        return new Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                "run-evals.yml",
                Optional.of(ref),
                "eval-results",
                Optional.empty(),
                World.TARGET.timeout(),
                Optional.empty(),
                Optional.empty());
    }

    private static GitHubException notFound() {
        return new GitHubNotFoundException("404: Not Found");
    }

    private static GitHubException forbidden(String message) {
        return new GitHubAuthenticationException("403: " + message, 403);
    }

    private static GitHubException invalid(String message) {
        return new GitHubException("422: " + message, 422);
    }
}
