package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.JOB;
import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.steps;
import static io.github.batchferry.localgithub.workflow.Reading.withTop;
import static io.github.batchferry.localgithub.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            yes        | yes
            on         | on
            1_000      | 1_000
            12:30:45   | 12:30:45
            2020-01-01 | 2020-01-01
            True       | true
            FALSE      | false
            tRue       | tRue
            3.10       | 3.1
            "3.10"     | 3.10
            !!str 1.0  | 1.0
            !!float 15 | 15
            0123       | 123
            0o17       | 15
            0x1F       | 31
            1e3        | 1000
            .5         | 0.5
            5.         | 5
            +7         | 7
            1234567890123456789 | 1.23456789012346E+18
            .inf       | Infinity
            .NaN       | NaN
            1.2.3      | 1.2.3
            ~          | ``
            null       | ``
            NULL       | ``
            !!null ''  | ``
            """)
    void plainValuesAreWhatYaml12SaysAndGitHubMakesOfThem(String written, String text) throws InvalidWorkflowException {
        Workflow workflow = workflow(withTop("env:\n  A: " + written));

        assertThat(workflow.env().get("A")).hasToString(text);
    }

    @Test
    void aliasesRepeatWhatWasWrittenBefore() throws InvalidWorkflowException {
        Job.Steps job = steps("""
                on: workflow_dispatch
                env: &env { A: &a x }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env: *env
                    steps:
                      - &step { run: echo, name: *a }
                      - *step
                """);

        assertThat(job.env().get("A")).hasToString("x");
        assertThat(job.steps())
                .hasSize(2)
                .extracting(step -> step.settings().name().orElseThrow())
                .containsOnly(Template.literal("x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            env: { '<<': { A: 1 } }   | cannot merge with `<<`, which GitHub does not know; repeat the keys
            env: { A: 1, A: 2 }       | `A` is already defined
            env: { A: 1, a: 2 }       | `a` is already defined
            env: { [A]: 1 }           | a key must be a text
            env: { A: !!set {} }      | cannot use the YAML tag `tag:yaml.org,2002:set` here; remove it
            env: { A: !int x }        | cannot use the YAML tag `!int` here; remove it
            env: { A: !!int x }       | cannot use the YAML tag `tag:yaml.org,2002:int` here; remove it
            env: { "${{ github.ref }}": 1 } | the embedded GitHub does not support an expression as a key yet
            env: { '': 1 }            | a name in `env` must not be empty
            name: [x]                 | `name` must be a text
            name: ${{ github.ref }}   | `name` takes no expressions
            """)
    void whatGitHubDoesNotTakeIsRefused(String line, String problem) {
        assertThat(problems(withTop(line))).containsExactly(PATH + ":2: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "---", "~", "[]"})
    void aFileWithoutAnythingIsRefusedAtOnce(String yaml) {
        assertThat(problems(yaml)).singleElement().asString().startsWith(PATH + ":1: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: &a [*a]'                                             | must hold at most
            'a: &a {b: {c: *a}}'                                     | must hold at most
            '- x'                                                    | `the workflow` must be a mapping
            'a: b: c'                                                | not valid YAML
            'a: "'                                                   | not valid YAML
            'a: *nope'                                               | not valid YAML
            '{}\u2028--- {}'                                         | not valid YAML
            '%YAML 3.0'                                              | not valid YAML
            """)
    void whatIsNoWorkflowAtAllIsRefused(String yaml, String problem) {
        assertThat(problems(yaml))
                .anyMatch(told -> told.contains(problem))
                .allMatch(told -> told.startsWith(PATH + ":"));
    }

    @Test
    void aliasesCannotMakeAFileTooLargeOrTooDeep() {
        StringBuilder wide = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        StringBuilder deep = new StringBuilder("a0: &a0 " + "[".repeat(15) + "x" + "]".repeat(15) + "\n");
        for (int i = 1; i < 8; i++) {
            String before = "*a" + (i - 1);
            wide.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(5) + before + "]\n");
            deep.append("a" + i + ": &a" + i + " " + "[".repeat(15) + before + " " + "]".repeat(15) + "\n");
        }

        assertThat(problems(wide + JOB)).singleElement().asString().contains("must hold at most 100000 values");
        assertThat(problems(deep + JOB)).singleElement().asString().contains("at most 50 levels deep");
        assertThat(problems("[".repeat(60) + "]".repeat(60)))
                .singleElement()
                .asString()
                .contains("not valid YAML: Nesting Depth exceeded");
    }
}
