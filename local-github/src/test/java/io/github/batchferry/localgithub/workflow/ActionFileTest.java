package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionFileTest {
    private static final String PATH = "tool/action.yml";

    private static ActionFile read(String yaml) throws InvalidWorkflowException {
        return ActionFile.read(PATH, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(InvalidWorkflowException.class, () -> read(yaml))
                .problems();
    }

    private static String withSteps(String steps) {
        return "runs:\n  using: composite\n  steps:\n" + steps.indent(4);
    }

    @Test
    void aCompositeActionIsRead() throws InvalidWorkflowException {
        ActionFile action = read("""
                name: Tool
                author: somebody
                description: Does something
                branding: { icon: box, color: blue }
                inputs:
                  who: { description: Whom, required: true, default: "${{ github.actor }}" }
                  old: { deprecationMessage: use who, whatever: 1 }
                  none:
                outputs:
                  greeting: { description: What was said, value: "${{ steps.greet.outputs.text }}!" }
                runs:
                  using: composite
                  steps:
                    - id: greet
                      name: Greet ${{ inputs.who }}
                      if: inputs.who != ''
                      run: echo "$WHO"
                      shell: ${{ inputs.shell || 'bash' }}
                      env: { WHO: "${{ inputs.who }}" }
                      working-directory: ${{ github.workspace }}
                      continue-on-error: true
                    - uses: ./other
                      with: { a: 1 }
                """);

        assertThat(action.path()).isEqualTo(PATH);
        assertThat(action.name()).isEqualTo("Tool");
        assertThat(action.inputs()).extracting(ActionFile.Input::name).containsExactly("who", "old", "none");
        assertThat(action.inputs()).extracting(ActionFile.Input::required).containsExactly(true, false, false);
        assertThat(action.inputs().get(0).defaultValue().orElseThrow()).hasToString("${{ github.actor }}");
        assertThat(action.inputs().get(1).deprecationMessage()).contains("use who");
        assertThat(action.outputs()
                        .get("greeting")
                        .evaluate(contexts("steps", "{\"greet\":{\"outputs\":{\"text\":\"hi\"}}}")))
                .isEqualTo("hi!");
        Step.Run greet = (Step.Run) action.steps().get(0);
        Contexts contexts = contexts("inputs", "{\"who\":\"me\"}").with((name, arguments) -> BooleanNode.TRUE);
        assertThat(greet.settings().condition().orElseThrow().holds(contexts)).isTrue();
        assertThat(greet.shell().orElseThrow().evaluate(contexts)).isEqualTo("bash");
        assertThat(action.steps().get(1)).isInstanceOf(Step.Uses.class);
    }

    @Test
    void whatAnActionNeedNotSayIsLeftOut() throws InvalidWorkflowException {
        ActionFile action = read(withSteps("- { run: x, shell: sh }"));

        assertThat(action.name()).isEqualTo(PATH);
        assertThat(action.inputs()).isEmpty();
        assertThat(action.outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node20", "node24", "docker"})
    void anActionThatIsNoCompositeIsRefusedByName(String using) {
        assertThat(problems("name: x\nruns: { using: " + using + ", main: index.js }\n"))
                .containsExactly(PATH + ":2: the embedded GitHub does not support `using: " + using + "` yet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - run: x                                       | the step lacks a `shell`, which every script of an action must say
            - { run: x, shell: pwsh }                      | the embedded GitHub does not support `shell: pwsh` yet
            - { run: x, shell: sh, timeout-minutes: 1 }    | unknown key `timeout-minutes`; a step of an action with `run` may have id, name, if, run, shell, working-directory, env, continue-on-error
            - { uses: ./a, timeout-minutes: 1 }            | unknown key `timeout-minutes`; a step of an action with `uses` may have id, name, if, uses, with, env, continue-on-error
            - { run: "${{ secrets.A }}", shell: sh }       | Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.A; known here: env, github, inputs, job, matrix, runner, steps, strategy
            - { run: x, shell: sh, if: needs.a }           | Unrecognized named-value: 'needs'. Located at position 1 within expression: needs.a; known here: env, github, inputs, job, matrix, runner, steps, strategy
            """)
    void whatAStepOfAnActionCannotSayIsRefused(String step, String problem) {
        assertThat(problems(withSteps(step))).containsExactly(PATH + ":4: " + problem);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(problems("""
                names: x
                inputs:
                  a: { default: "${{ inputs.b }}" }
                outputs:
                  b: {}
                  c: { value: "${{ secrets.A }}", if: x }
                runs: { using: composite }
                """))
                .containsExactly(
                        PATH + ":1: unknown key `names`; an action may have name, author, description, inputs, outputs,"
                                + " runs, branding",
                        PATH + ":3: Unrecognized named-value: 'inputs'. Located at position 1 within expression:"
                                + " inputs.b; known here: github, job, matrix, runner, strategy",
                        PATH + ":5: the output `b` lacks a `value`",
                        PATH + ":6: unknown key `if`; an output may have description, value",
                        PATH + ":6: Unrecognized named-value: 'secrets'. Located at position 1 within expression:"
                                + " secrets.A; known here: env, github, inputs, job, matrix, runner, steps, strategy",
                        PATH + ":7: `runs` lacks `steps`");
        assertThat(problems("name: x")).containsExactly(PATH + ":1: `runs` is missing");
        assertThat(problems("runs: {}")).containsExactly(PATH + ":1: `runs` lacks `using`");
    }
}
