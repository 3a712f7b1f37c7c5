package io.github.batchferry.localgithub.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowFileTest {
    private static final String PATH = ".github/workflows/x.yml";
    private static final String JOB = """
            jobs:
              job:
                runs-on: ubuntu-24.04
                steps:
                  - run: echo
            """;

    private static Workflow read(String yaml) throws InvalidWorkflowException {
        return WorkflowFile.read(PATH, yaml.getBytes(StandardCharsets.UTF_8)).workflow();
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(InvalidWorkflowException.class, () -> read(yaml))
                .problems();
    }

    @Test
    void everythingSupportedIsRead() throws InvalidWorkflowException {
        Workflow workflow = read("""
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
                        new InputSpec("batch_id", InputSpec.Type.STRING, java.util.Optional.empty(), true, List.of()),
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
        Workflow workflow = read(yaml);
        return workflow.jobs().get(0).tokenPermissions(workflow);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uses: actions/checkout@v4      | uses
            if: always()                   | if
            with: {}                       | with
            """)
    void aStepKeyThatIsNotSupportedIsRefusedByNameAndLine(String line, String key) {
        assertThat(problems("on: workflow_dispatch\n" + JOB + "        " + line + "\n"))
                .containsExactly(PATH + ":7: the embedded GitHub does not support `" + key + "` yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "needs",
                "strategy",
                "container",
                "services",
                "if",
                "outputs",
                "environment",
                "uses",
                "concurrency",
                "defaults",
                "continue-on-error",
                "secrets",
                "snapshot"
            })
    void aJobKeyThatIsNotSupportedIsRefusedByNameAndLine(String key) {
        assertThat(problems("on: workflow_dispatch\n" + JOB + "    " + key + ": x\n"))
                .containsExactly(PATH + ":7: the embedded GitHub does not support `" + key + "` yet");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(problems("""
                on:
                  workflow_dispatch:
                  push:
                defaults: {}
                jobs:
                  one:
                    runs-on: windows-latest
                    needs: two
                    steps:
                      - uses: actions/checkout@v4
                      - run: echo ${{ a && b }}
                        shell: pwsh
                  two: {}
                """))
                .containsExactlyInAnyOrder(
                        PATH + ":3: the embedded GitHub does not support the trigger `push` yet",
                        PATH + ":4: the embedded GitHub does not support `defaults` yet",
                        PATH + ":7: the embedded GitHub does not support `runs-on: windows-latest` yet; it runs"
                                + " ubuntu and self-hosted jobs, on this machine",
                        PATH + ":8: the embedded GitHub does not support `needs` yet",
                        PATH + ":10: the embedded GitHub does not support `uses` yet",
                        PATH + ":11: the embedded GitHub does not support the expression `a && b` yet; it looks up"
                                + " properties such as `inputs.name`, without operators, functions or indexes",
                        PATH + ":12: the embedded GitHub does not support `shell: pwsh` yet",
                        PATH + ":13: the embedded GitHub does not support more than one job: `two` yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inputs.a == 'x'",
                "toJSON(github)",
                "inputs['a']",
                "'text'",
                "github",
                "!inputs.a",
                "",
                "vars.X",
                "steps.a.outputs.b",
                "inputs.*",
                "matrix.os",
                "github.event.list[0]"
            })
    void anyOtherExpressionIsRefused(String expression) {
        assertThat(problems("on: workflow_dispatch\nrun-name: \"${{ " + expression + " }}\"\n" + JOB))
                .singleElement()
                .asString()
                .startsWith(PATH + ":2: the embedded GitHub does not support the ");
    }

    @Test
    void secretsAreNotAvailableInTheRunName() {
        assertThat(problems("on: workflow_dispatch\nrun-name: ${{ secrets.KEY }}\n" + JOB))
                .containsExactly(PATH + ":2: the embedded GitHub does not support the context `secrets` here; it knows"
                        + " github, inputs");
    }

    @Test
    void anExpressionThatIsNotClosedIsRefused() {
        assertThat(problems("on: workflow_dispatch\nrun-name: ${{ inputs.a\n" + JOB))
                .containsExactly(PATH + ":2: the expression `${{` is not closed by `}}`");
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

    @Test
    void lookUpsIgnoreCaseAndWhatIsMissingIsEmpty() throws Exception {
        JsonNode inputs = Json.MAPPER.readTree("{\"Name\":\"n\",\"flag\":true,\"none\":null,\"deep\":{\"x\":1.5}}");
        Contexts contexts = new Contexts(Map.of("inputs", inputs));

        Template template = Template.parse(
                "a ${{ INPUTS.name }} ${{inputs.flag}}[${{ inputs.none }}${{ inputs.nope.deeper }}]"
                        + "${{ inputs.deep.x }} ${{ inputs.deep }} }} $",
                Set.of("inputs"));

        assertThat(template.evaluate(contexts)).isEqualTo("a n true[]1.5 Object }} $");
    }
}
