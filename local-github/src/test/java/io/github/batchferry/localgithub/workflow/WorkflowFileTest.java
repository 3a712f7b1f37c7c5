package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.JOB;
import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowFileTest {
    @Test
    void everythingSupportedIsRead() throws InvalidWorkflowException {
        Workflow workflow = Reading.workflow("""
                name: Run evals
                run-name: "batch ${{ inputs.batch_id }}"
                on:
                  workflow_dispatch:
                    inputs:
                      batch_id: { description: Name, required: true, type: string }
                      mode: { type: choice, options: [fast, slow], default: slow }
                permissions:
                  contents: write
                concurrency:
                  group: g-${{ inputs.batch_id }}
                  cancel-in-progress: true
                env:
                  A: 1
                jobs:
                  batch:
                    name: Answer
                    runs-on: [self-hosted, linux]
                    timeout-minutes: 350
                    permissions: read-all
                    env: { B: two }
                    steps:
                      - id: first
                        name: First
                        shell: bash
                        working-directory: sub
                        timeout-minutes: 0.5
                        continue-on-error: true
                        env: { C: "${{ secrets.KEY }}" }
                        run: echo
                """);

        assertThat(workflow.name()).isEqualTo("Run evals");
        assertThat(workflow.inputs())
                .containsExactly(
                        new InputSpec("batch_id", InputSpec.Type.STRING, Optional.empty(), true, List.of()),
                        new InputSpec(
                                "mode", InputSpec.Type.CHOICE, Optional.of("slow"), false, List.of("fast", "slow")));
        assertThat(workflow.concurrency())
                .hasValueSatisfying(
                        group -> assertThat(group.cancelInProgress()).isEqualTo(Template.literal("true")));
        assertThat(workflow.jobs().get(0).id()).isEqualTo("batch");
        Job.Steps job = (Job.Steps) workflow.jobs().get(0).body();
        assertThat(job.timeoutMinutes()).contains(Template.literal("350"));
        assertThat(job.runsOn().evaluate(new Contexts(Map.of()))).hasToString("[\"self-hosted\",\"linux\"]");
        Permissions permissions = workflow.jobs().get(0).tokenPermissions(workflow);
        assertThat(permissions.allow("contents", Access.READ)).isTrue();
        assertThat(permissions.allow("contents", Access.WRITE)).isFalse();
        Step.Settings step = job.steps().get(0).settings();
        assertThat(step.timeoutMinutes()).contains(Template.literal("0.5"));
        assertThat(step.continueOnError()).contains(Template.literal("true"));
    }

    @Test
    void withoutPermissionsTheTokenMayWriteAndWithSomeNothingElse() throws InvalidWorkflowException {
        Permissions usual = tokenPermissions("on: workflow_dispatch\n" + JOB);
        Permissions some = tokenPermissions("on: workflow_dispatch\npermissions: { actions: read }\n" + JOB);

        assertThat(usual.allow("contents", Access.WRITE)).isTrue();
        assertThat(some.allow("actions", Access.READ)).isTrue();
        assertThat(some.allow("contents", Access.READ)).isFalse();
    }

    private static Permissions tokenPermissions(String yaml) throws InvalidWorkflowException {
        Workflow workflow = Reading.workflow(yaml);
        return workflow.jobs().get(0).tokenPermissions(workflow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "services", "snapshot", "cancel-timeout-minutes"})
    void aJobKeyThatIsNotSupportedIsRefusedByNameAndLine(String key) {
        assertThat(problems("on: workflow_dispatch\n" + JOB + "    " + key + ": x\n"))
                .containsExactly(PATH + ":7: the embedded GitHub does not support `" + key + "` yet");
    }

    @Test
    void aKeyThatGitHubDoesNotHaveIsRefusedWithThoseItHas() {
        assertThat(problems(Reading.withTop("jobz: {}")))
                .containsExactly(PATH
                        + ":2: unknown key `jobz`; a workflow may have name, description, run-name, on, permissions,"
                        + " concurrency, env, defaults, jobs");
        assertThat(problems(Reading.withJob("needz: x")))
                .singleElement()
                .asString()
                .startsWith(PATH + ":7: unknown key `needz`; a job may have name, needs, if, runs-on,");
        assertThat(problems(Reading.withStep("script: x")))
                .singleElement()
                .asString()
                .startsWith(PATH + ":7: unknown key `script`; a step with `run` may have id, name, if, run,");
    }

    @Test
    void allProblemsAreReportedAtOnceInTheOrderOfTheLines() {
        assertThat(problems("""
                on:
                  workflow_dispatch:
                  pushed:
                defaults: { walk: {} }
                jobs:
                  one:
                    runs-on: windows-latest
                    needs: three
                    steps:
                      - uses: actions/setup-java@v4
                      - run: echo ${{ a && b }}
                        shell: pwsh
                  two: {}
                """))
                .containsExactly(
                        PATH + ":3: unknown trigger `pushed`",
                        PATH + ":4: unknown key `walk`; `defaults` may have run",
                        PATH + ":7: the embedded GitHub does not support `runs-on: windows-latest` yet; it runs"
                                + " ubuntu and self-hosted jobs, on this machine",
                        PATH + ":8: the job `one` needs `three`, which is no job here",
                        PATH + ":10: the embedded GitHub does not support the action `actions/setup-java@v4` yet; it"
                                + " does actions/checkout, actions/download-artifact, actions/upload-artifact itself,"
                                + " and runs composite actions of the workspace",
                        PATH + ":11: Unrecognized named-value: 'a'. Located at position 1 within expression: a && b;"
                                + " known here: env, github, inputs, job, matrix, needs, runner, secrets, steps,"
                                + " strategy, vars",
                        PATH + ":12: the embedded GitHub does not support `shell: pwsh` yet",
                        PATH + ":13: `runs-on` is missing");
    }

    @Test
    void brokenYamlIsReportedWithItsLine() {
        assertThat(problems("on: workflow_dispatch\njobs: [\n"))
                .singleElement()
                .asString()
                .startsWith(PATH + ":3: not valid YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: workflow_dispatch",
                "on: [workflow_dispatch]",
                "on:\n  workflow_dispatch:",
                "'on':\n  workflow_dispatch: {}"
            })
    void theTriggerMayBeWrittenInAnyForm(String on) throws InvalidWorkflowException {
        WorkflowFile file = WorkflowFile.read(PATH, (on + "\n" + JOB).getBytes(StandardCharsets.UTF_8));

        assertThat(file.hasDispatchTrigger()).isTrue();
        assertThat(file.workflow().inputs()).isEmpty();
    }

    @Test
    void anotherTriggerIsNoDispatchTrigger() throws InvalidWorkflowException {
        assertThat(WorkflowFile.read(PATH, ("on: push\n" + JOB).getBytes(StandardCharsets.UTF_8))
                        .hasDispatchTrigger())
                .isFalse();
    }
}
