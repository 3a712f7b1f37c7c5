package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.JOB;
import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.workflow.InputSpec.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {
    @Test
    void inputsOfADispatchHaveFiveTypes() throws InvalidWorkflowException {
        Workflow workflow = workflow("""
                on:
                  workflow_dispatch:
                    inputs:
                      plain:
                      text: { description: A text, default: 1.50, required: true }
                      flag: { type: boolean, default: true }
                      count: { type: number, default: -1.5e3 }
                      mode: { type: choice, options: [fast, 1], default: fast }
                      where: { type: environment, required: false }
                """ + JOB);

        assertThat(workflow.inputs())
                .containsExactly(
                        new InputSpec("plain", Type.STRING, Optional.empty(), false, List.of()),
                        new InputSpec("text", Type.STRING, Optional.of("1.5"), true, List.of()),
                        new InputSpec("flag", Type.BOOLEAN, Optional.of("true"), false, List.of()),
                        new InputSpec("count", Type.NUMBER, Optional.of("-1500"), false, List.of()),
                        new InputSpec("mode", Type.CHOICE, Optional.of("fast"), false, List.of("fast", "1")),
                        new InputSpec("where", Type.ENVIRONMENT, Optional.empty(), false, List.of()));
        assertThat(workflow.call()).isEmpty();
    }

    @Test
    void aCallTakesInputsAndSecretsAndGivesOutputs() throws InvalidWorkflowException {
        Workflow.CallTrigger call = workflow("""
                on:
                  workflow_call:
                    inputs:
                      name: { type: string, default: "${{ github.ref }}-${{ inputs.count }}" }
                      count: { type: number, required: true, description: How many }
                      flag: { type: boolean, default: false }
                    secrets:
                      KEY: { required: true, description: For it }
                      OTHER:
                    outputs:
                      result: { description: What came out, value: "${{ jobs.job.outputs.x }}" }
                """ + JOB).call().orElseThrow();

        assertThat(call.inputs()).extracting(CallInput::name).containsExactly("name", "count", "flag");
        assertThat(call.inputs()).extracting(CallInput::type).containsExactly(Type.STRING, Type.NUMBER, Type.BOOLEAN);
        assertThat(call.inputs()).extracting(CallInput::required).containsExactly(false, true, false);
        Contexts contexts = contexts(
                "github", "{\"ref\":\"main\"}", "inputs", "{\"count\":3}", "jobs", "{\"job\":{\"outputs\":{\"x\":7}}}");
        assertThat(call.inputs().get(0).defaultValue().orElseThrow().evaluate(contexts))
                .isEqualTo("main-3");
        assertThat(call.secrets()).isEqualTo(Map.of("KEY", true, "OTHER", false));
        assertThat(call.outputs().get("result").evaluate(contexts)).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on: workflow_call               | true  | false
            on: [workflow_call, push]       | true  | false
            on: { workflow_call: }          | true  | false
            on: [push, workflow_dispatch]   | false | true
            "on": workflow_dispatch         | false | true
            """)
    void aTriggerNeedsNoDetails(String on, boolean called, boolean dispatched) throws InvalidWorkflowException {
        WorkflowFile file =
                WorkflowFile.read(PATH, (on + "\n" + JOB).getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(file.workflow().call().isPresent()).isEqualTo(called);
        assertThat(file.hasDispatchTrigger()).isEqualTo(dispatched);
    }

    @Test
    void otherTriggersMayStandBesideWhateverTheySay() throws InvalidWorkflowException {
        assertThat(workflow("""
                on:
                  push: { branches: [main], tags-ignore: ['v*'] }
                  schedule: [{ cron: '0 0 * * *' }]
                  pull_request:
                  workflow_dispatch:
                """ + JOB).inputs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on: [push, pull_request]                 | 1 | `on` lacks `workflow_dispatch` or `workflow_call`, the triggers that the embedded GitHub supports
            on: [workflow_dispatch, pushed]          | 1 | unknown trigger `pushed`
            on: { workflow_dispatch: { types: [] } } | 1 | unknown key `types`; `workflow_dispatch` may have inputs
            on: { workflow_call: { types: [] } }     | 1 | unknown key `types`; `workflow_call` may have inputs, secrets, outputs
            name: x                                  | 1 | `on` is missing
            """)
    void aTriggerThatCannotBeUsedIsRefused(String on, int line, String problem) {
        assertThat(problems(on + "\n" + JOB)).containsExactly(PATH + ":" + line + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: object                     | the embedded GitHub does not support the input type `object` yet
            type: choice                     | the input `a` is a choice without `options`
            options: [a]                     | the input `a` has `options`, but is no choice
            type: boolean, default: maybe    | the default `maybe` is not a value of type boolean
            type: number, default: ten       | the default `ten` is not a value of type number
            type: choice, options: [b], default: c | the default `c` is not a value of type choice
            required: 'true'                 | `required` must be true or false
            pattern: x                       | unknown key `pattern`; an input may have description, type, default, required, options
            default: "${{ github.ref }}"     | `default` takes no expressions
            options: [[x]], type: choice     | `options` must be a text or a list of texts
            """)
    void anInputOfADispatchThatCannotBeUsedIsRefused(String spec, String problem) {
        assertThat(problems("on:\n  workflow_dispatch:\n    inputs:\n      a: { " + spec + " }\n" + JOB))
                .contains(PATH + ":4: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            description: x                   | the input `a` lacks a `type`: string, number or boolean
            type: choice                     | the embedded GitHub does not support the input type `choice` yet
            type: number, default: ten       | the default `ten` is not a value of type number
            type: string, options: [a]       | unknown key `options`; an input may have description, type, default, required
            """)
    void anInputOfACallThatCannotBeUsedIsRefused(String spec, String problem) {
        assertThat(problems("on:\n  workflow_call:\n    inputs:\n      a: { " + spec + " }\n" + JOB))
                .containsExactly(PATH + ":4: " + problem);
    }

    @Test
    void anOutputOfACallMustHaveAValueThatJobsGive() {
        assertThat(problems("""
                on:
                  workflow_call:
                    outputs:
                      none: {}
                      step: { value: "${{ steps.x.outputs.y }}" }
                """ + JOB))
                .containsExactly(
                        PATH + ":4: the output `none` lacks a `value`",
                        PATH + ":5: Unrecognized named-value: 'steps'. Located at position 1 within expression:"
                                + " steps.x.outputs.y; known here: github, inputs, jobs, vars");
    }

    @Test
    void thereAreAtMostTwentyFiveInputs() throws InvalidWorkflowException {
        assertThat(workflow(inputs(25)).inputs()).hasSize(25);
        assertThat(problems(inputs(26))).containsExactly(PATH + ":3: you may only define up to 25 inputs");
    }

    private static String inputs(int count) {
        return "on:\n  workflow_dispatch:\n    inputs:\n"
                + IntStream.range(0, count).mapToObj(i -> "      i" + i + ":\n").collect(Collectors.joining())
                + JOB;
    }
}
