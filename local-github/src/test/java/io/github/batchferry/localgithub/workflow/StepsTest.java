package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.step;
import static io.github.batchferry.localgithub.workflow.Reading.steps;
import static io.github.batchferry.localgithub.workflow.Reading.withStep;
import static io.github.batchferry.localgithub.workflow.Reading.withSteps;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
    private static final Contexts CONTEXTS =
            contexts("inputs", "{\"n\":3,\"s\":\"x\"}", "steps", "{\"a\":{\"outputs\":{\"x\":\"out\"}}}");

    @Test
    void whatAStepMaySayIsRead() throws InvalidWorkflowException {
        Step.Run run = (Step.Run) step(withStep("""
                id: a
                name: Number ${{ inputs.n }}
                shell: sh
                working-directory: ${{ inputs.s }}
                env: { N: "${{ inputs.n }}", V: 0x10 }
                timeout-minutes: ${{ inputs.n }}
                continue-on-error: ${{ inputs.n == 3 }}
                """));

        Step.Settings settings = run.settings();
        assertThat(settings.id()).contains("a");
        assertThat(settings.name().orElseThrow().evaluate(CONTEXTS)).isEqualTo("Number 3");
        assertThat(run.shell().orElseThrow()).hasToString("sh");
        assertThat(run.workingDirectory().orElseThrow().evaluate(CONTEXTS)).isEqualTo("x");
        assertThat(settings.env().get("N").evaluate(CONTEXTS)).isEqualTo("3");
        assertThat(settings.env().get("V").evaluate(CONTEXTS)).isEqualTo("16");
        assertThat(settings.timeoutMinutes().orElseThrow().evaluate(CONTEXTS)).isEqualTo("3");
        assertThat(settings.continueOnError().orElseThrow().evaluate(CONTEXTS)).isEqualTo("true");
    }

    @Test
    void actionsOfGitHubAreUsedWithInputsInAnyCaseAndOfAnyVersion() throws InvalidWorkflowException {
        List<Step> steps = steps(withSteps("""
                - uses: actions/checkout@v4
                - uses: Actions/Checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
                  with: { Fetch-Depth: 0, ref: "${{ inputs.s }}", submodules: false, lfs: false }
                - uses: actions/upload-artifact@v4
                  with: { name: a, path: "x\\ny", retention-days: 1 }
                - uses: actions/download-artifact@main
                  with: { pattern: 'a*', merge-multiple: true }
                """)).steps();

        Step.Uses checkout = (Step.Uses) steps.get(1);
        assertThat(checkout.action()).hasToString("Actions/Checkout@3d3c42e5aac5ba805825da76410c181273ba90b1");
        assertThat(checkout.with()).containsOnlyKeys("fetch-depth", "ref");
        assertThat(checkout.with().get("fetch-depth")).hasToString("0");
        assertThat(checkout.with().get("ref").evaluate(CONTEXTS)).isEqualTo("x");
        assertThat(((Step.Uses) steps.get(3)).with()).containsOnlyKeys("pattern", "merge-multiple");
    }

    @ParameterizedTest
    @CsvSource({"./, ''", "., ''", "./build/tool, build/tool", "./.github/actions/a/, .github/actions/a"})
    void actionsOfTheWorkspaceAreUsedByTheirFolder(String uses, String folder) throws InvalidWorkflowException {
        Step.Uses step = (Step.Uses) step(withSteps("- uses: " + uses + "\n  with: { Any: 1 }"));

        assertThat(step.action()).isEqualTo(new ActionReference.Local(folder));
        assertThat(step.with()).containsOnlyKeys("Any");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker://alpine:3                | the embedded GitHub does not support `uses: docker://alpine:3` yet
            $/tool                           | the embedded GitHub does not support `uses: $/tool` yet
            actions/checkout                 | `actions/checkout` is no action: expected `<owner>/<repository>@<ref>`, or `./<folder>`
            ../tool                          | `../tool` is no action: expected `<owner>/<repository>@<ref>`, or `./<folder>`
            "${{ inputs.a }}"                | `uses` takes no expressions
            actions/upload-artifact/merge@v4 | the embedded GitHub does not support the action `actions/upload-artifact/merge@v4` yet; it does actions/checkout, actions/download-artifact, actions/upload-artifact itself, and runs composite actions of the workspace
            """)
    void anActionThatIsNotThereIsRefused(String uses, String problem) {
        assertThat(problems(withSteps("- uses: " + uses))).containsExactly(PATH + ":6: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            checkout          | filter: blob:none       | filter
            checkout          | lfs: true               | lfs
            checkout          | submodules: recursive   | submodules
            checkout          | ssh-key: x              | ssh-key
            upload-artifact   | archive: false          | archive
            download-artifact | paths: a                | paths
            """)
    void anInputThatWouldNotBeHeededIsRefused(String action, String input, String name) {
        assertThat(problems(withSteps("- uses: actions/" + action + "@v4\n  with:\n    " + input)))
                .containsExactly(PATH + ":8: the embedded GitHub does not support the input `" + name + "` of actions/"
                        + action + " yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bash", "sh", "python", "bash -e {0}", "perl {0}", "bash --noprofile --norc -eo pipefail {0}"})
    void aShellIsOneOfThreeOrACommandLineForTheScript(String shell) throws InvalidWorkflowException {
        Step.Run run = (Step.Run) step(withStep("shell: " + shell));

        assertThat(run.shell()).contains(Template.literal(shell));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pwsh              | the embedded GitHub does not support `shell: pwsh` yet
            powershell        | the embedded GitHub does not support `shell: powershell` yet
            zsh               | `shell` must be bash, sh, python, or a command line with {0} in it for the script, found `zsh`
            ${{ inputs.a }}   | `shell` takes no expressions
            """)
    void anyOtherShellIsRefused(String shell, String problem) {
        assertThat(problems(withStep("shell: " + shell))).containsExactly(PATH + ":7: " + problem);
        assertThat(problems(Reading.withTop("defaults:\n  run:\n    shell: " + shell)))
                .containsExactly(PATH + ":4: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - name: x                                   | 6 | the step lacks `run` or `uses`
            - { run: x, uses: ./a }                     | 6 | the step has both `run` and `uses`; make two steps of it
            - { use: ./a, with: { a: 1 } }              | 6 | unknown key `use`; a step with `uses` may have id, name, if, uses, with, env, timeout-minutes, continue-on-error
            - { run: x, with: { a: 1 } }                | 6 | unknown key `with`; a step with `run` may have id, name, if, run, shell, working-directory, env, timeout-minutes, continue-on-error
            - { uses: ./a, shell: sh }                  | 6 | unknown key `shell`; a step with `uses` may have id, name, if, uses, with, env, timeout-minutes, continue-on-error
            - { run: x, background: true }              | 6 | the embedded GitHub does not support `background` yet
            - { run: x, id: a-1! }                      | 6 | `a-1!` is not an id: expected fewer than 100 letters, digits, `-` and `_`, and a letter or `_` in front
            - { run: x, id: __a }                       | 6 | `__a` is not an id: `__` in front is reserved
            - { run: x, id: "${{ inputs.a }}" }         | 6 | `id` takes no expressions
            - { run: x, working-directory: '' }         | 6 | `working-directory` must not be empty
            - { run: x, continue-on-error: maybe }      | 6 | `continue-on-error` must be true or false, or one expression that gives it; found `maybe`
            - { run: [x] }                              | 6 | `run` must be a text
            - x                                         | 6 | `a step` must be a mapping of keys to values
            """)
    void whatAStepCannotSayIsRefused(String step, int line, String problem) {
        assertThat(problems(withSteps(step))).contains(PATH + ":" + line + ": " + problem);
    }

    @Test
    void anIdIsUsedOnceInAJobWithoutRegardToCase() {
        assertThat(problems(withSteps("- { run: x, id: a }\n- { run: x, id: b }\n- { run: x, id: A }")))
                .containsExactly(PATH + ":8: the id `A` is used more than once");
    }

    @Test
    void everyExpressionOfAScriptIsHeldAgainstWhatItSeesWithItsOwnLine() {
        assertThat(problems(withSteps("""
                - run: |
                    echo ${{ inputs.a }} ${{ nope }}

                    echo ${{ success() }}
                  env:
                    A: ${{ jobs.x }}
                """)))
                .containsExactly(
                        PATH + ":7: Unrecognized named-value: 'nope'. Located at position 1 within expression: nope;"
                                + " known here: env, github, inputs, job, matrix, needs, runner, secrets, steps,"
                                + " strategy, vars",
                        PATH + ":9: Unrecognized function: 'success'. Located at position 1 within expression:"
                                + " success(); known here, besides the general ones: hashFiles",
                        PATH + ":11: Unrecognized named-value: 'jobs'. Located at position 1 within expression:"
                                + " jobs.x; known here: env, github, inputs, job, matrix, needs, runner, secrets, steps,"
                                + " strategy, vars");
    }

    @Test
    void aScriptWithAnExpressionIsAsLongAsGitHubTakesIt() throws InvalidWorkflowException {
        // GitHub reads it as format('…{0}', github.sha)
        int rest = 21_000 - "format('{0}', github.sha)".length();
        String tooLong = "x".repeat(rest - 1) + "{";

        assertThat(step(withSteps("- run: \"" + "x".repeat(rest) + "${{ github.sha }}\"")))
                .isNotNull();
        assertThat(step(withSteps("- run: \"" + "x".repeat(30_000) + "\""))).isNotNull();
        assertThat(problems(withSteps("- run: \"" + tooLong + "${{ github.sha }}\"")))
                .containsExactly(PATH + ":6: Exceeded max expression length 21000; a text with expressions in it counts"
                        + " as one, so hand them over by `env`");
    }

    @Test
    void anExpressionThatIsNotClosedIsReportedWithItsLine() {
        assertThat(problems(withSteps("- run: |\n    echo\n    ${{ '}}\n")))
                .containsExactly(PATH + ":8: the expression `${{` is not closed by `}}`");
    }
}
