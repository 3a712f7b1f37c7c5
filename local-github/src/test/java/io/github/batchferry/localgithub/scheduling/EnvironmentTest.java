package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import io.github.batchferry.localgithub.store.Status;
import io.github.batchferry.localgithub.store.VariableRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    private static final Instant THEN = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    @TempDir
    Path folder;

    private Scheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        scheduler = new Scheduler(state, Clock.systemUTC(), 4, 0.01); // a minute passes in 0.6 seconds
        scheduler.secrets.set(Scheduler.NAME, "KEY", "of-repository");
        Map<String, VariableRecord> variables =
                Map.of("PLACE", new VariableRecord("PLACE", "of-repository", THEN, THEN));
        scheduler.settings.update(Scheduler.NAME, before -> before.withVariables(Optional.empty(), variables));
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private static EnvironmentRecord environment(
            Branches branches, List<String> patterns, int minutes, String... reviewers) {
        Map<String, VariableRecord> variables = Map.of("PLACE", new VariableRecord("PLACE", "of-live", THEN, THEN));
        return new EnvironmentRecord(7, "live", Branches.ALL, List.of(), 0, List.of(), variables, THEN, THEN)
                .with(new EnvironmentRules(branches, patterns, minutes, List.of(reviewers)), THEN);
    }

    private long dispatch(String ref) throws IOException, DispatchRefusedException {
        scheduler.workflow("""
                on: workflow_dispatch
                jobs:
                  deploy:
                    runs-on: ubuntu-24.04
                    environment: { name: "${{ github.event_name == 'workflow_dispatch' && 'LIVE' }}" }
                    steps: [ { run: "echo ${{ secrets.KEY == 'of-live' }} ${{ vars.PLACE }} > %s/seen" } ]
                  other:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "echo ${{ secrets.KEY == 'of-live' }} ${{ vars.PLACE }} > %s/other" } ]
                """.formatted(folder, folder));
        return scheduler.dispatch(ref, Map.of());
    }

    @Test
    void aJobOfAnEnvironmentSeesItsSecretsAndVariables() throws IOException, DispatchRefusedException {
        scheduler.environment(environment(Branches.ALL, List.of(), 0));
        scheduler.secrets.set(Scheduler.NAME, "live", "KEY", "of-live");

        long run = dispatch("main");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(folder.resolve("seen")).hasContent("true of-live");
        assertThat(folder.resolve("other")).hasContent("false of-repository");
        assertThat(scheduler.job(run, "deploy").environment()).isEqualTo("live");
        assertThat(scheduler.job(run, "other").environment()).isNull();
    }

    @Test
    void anUnknownEnvironmentIsCreatedOpen() throws IOException, DispatchRefusedException {
        long run = dispatch("main");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        EnvironmentRecord created =
                scheduler.settings.of(Scheduler.NAME).environment("live").orElseThrow();
        assertThat(created.name()).isEqualTo("LIVE");
        assertThat(created.branches()).isEqualTo(Branches.ALL);
    }

    @Test
    void aBranchThatMayNotBeDeployedFails() throws IOException, DispatchRefusedException {
        scheduler.environment(environment(Branches.SELECTED, List.of("release/*"), 0));

        long run = dispatch("main");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.FAILURE);
        assertThat(scheduler.verdicts(run)).containsExactly(entry("deploy", "failure"), entry("other", "success"));
        assertThat(scheduler.annotation(run, "deploy"))
                .isEqualTo("Branch \"main\" is not allowed to deploy to live due to environment protection rules.");
        assertThat(folder.resolve("seen")).doesNotExist();
    }

    @Test
    void aJobWaitsUntilSomebodyApproves() throws Exception {
        scheduler.environment(environment(Branches.ALL, List.of(), 0, "octocat"));

        long run = dispatch("main");

        scheduler.awaitStatus(run, Status.WAITING);
        assertThat(scheduler.verdicts(run)).containsExactly(entry("deploy", "waiting"), entry("other", "success"));
        assertThat(scheduler.queue.pendingDeployments(run))
                .containsExactly(new PendingDeployment(7, "live", 0, null, List.of("octocat")));
        assertThatThrownBy(() -> scheduler.queue.review(run, Set.of(8L), true, "", "octocat"))
                .isInstanceOf(RunRefusedException.class);

        scheduler.queue.review(run, Set.of(7L), true, "fine", "octocat");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.queue.pendingDeployments(run)).isEmpty();
    }

    @Test
    void aRejectedDeploymentFails() throws Exception {
        scheduler.environment(environment(Branches.ALL, List.of(), 0, "octocat"));
        long run = dispatch("main");
        scheduler.awaitStatus(run, Status.WAITING);

        scheduler.queue.review(run, Set.of(7L), false, "not today", "octocat");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.FAILURE);
        assertThat(scheduler.annotation(run, "deploy")).isEqualTo("The deployment was rejected by octocat: not today");
    }

    @Test
    void anApprovalDoesNotMakeTimePass() throws Exception {
        scheduler.environment(environment(Branches.ALL, List.of(), 43_200, "octocat"));
        long run = dispatch("main");
        assertThat(scheduler.queue.pendingDeployments(run)).singleElement().satisfies(pending -> {
            assertThat(pending.waitMinutes()).isEqualTo(43_200);
            assertThat(pending.waitStartedAt()).isNotNull();
        });

        scheduler.queue.review(run, Set.of(7L), true, "", "octocat");

        assertThat(scheduler.verdicts(run)).containsEntry("deploy", "waiting");
        assertThat(scheduler.queue.pendingDeployments(run)).hasSize(1);
    }

    @Test
    void aJobBeginsWhenItsTimeHasPassed() throws Exception {
        scheduler.environment(environment(Branches.ALL, List.of(), 1));

        long run = dispatch("main");

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(folder.resolve("seen")).exists();
    }

    @Test
    void whatWaitsCanBeCancelled() throws Exception {
        scheduler.environment(environment(Branches.ALL, List.of(), 40_000, "octocat"));
        long run = dispatch("main");
        scheduler.awaitStatus(run, Status.WAITING);

        assertThat(scheduler.queue.cancel(run)).isTrue();

        assertThat(scheduler.run(run).latest().conclusion()).isEqualTo(Conclusion.CANCELLED);
        assertThat(scheduler.verdicts(run)).containsEntry("deploy", "cancelled");
    }

    @Test
    void aDisabledWorkflowIsNotDispatched() {
        scheduler.settings.update(Scheduler.NAME, before -> before.withWorkflow(Scheduler.PATH, false));

        assertThatThrownBy(() -> dispatch("main"))
                .isInstanceOf(DispatchRefusedException.class)
                .hasMessage("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
    }

    @Test
    void aWaitingRunDoesNotHoldAPlace() throws Exception {
        scheduler.close();
        scheduler = new Scheduler(state, Clock.systemUTC(), 1, 1);
        scheduler.environment(environment(Branches.ALL, List.of(), 0, "octocat"));
        long waiting = dispatch("main");
        scheduler.awaitStatus(waiting, Status.WAITING);

        Signals signals = new Signals(folder);
        scheduler.workflow("""
                on: workflow_dispatch
                jobs: { job: { runs-on: ubuntu-24.04, steps: [ { run: %s } ] } }
                """.formatted(signals.give("ran")));
        long other = scheduler.dispatch();

        assertThat(scheduler.awaitEnd(other)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.run(waiting).latest().status()).isEqualTo(Status.WAITING);
    }
}
