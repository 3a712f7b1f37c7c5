package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static io.github.batchferry.localgithub.workflow.Reading.job;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.step;
import static io.github.batchferry.localgithub.workflow.Reading.withJob;
import static io.github.batchferry.localgithub.workflow.Reading.withStep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static Contexts after(boolean success) {
        return contexts("inputs", "{\"on\":true,\"off\":false,\"text\":\"x\"}")
                .with((name, arguments) -> BooleanNode.valueOf(
                        switch (name) {
                            case "success" -> success;
                            case "failure" -> !success;
                            case "always" -> true;
                            default -> false;
                        }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            inputs.on                        ; true  ; false
            ${{ inputs.on }}                 ; true  ; false
            inputs.off                       ; false ; false
            inputs.text                      ; true  ; false
            inputs.off || inputs.text    ; true  ; false
            always()                         ; true  ; true
            ${{ Always() && inputs.on }}     ; true  ; true
            failure()                        ; false ; true
            inputs.off && failure()          ; false ; false
            ${{ !cancelled() }}              ; true  ; true
            contains('success()', 'x')       ; false ; false
            'a }} b'                         ; true  ; false
            true                             ; true  ; false
            false                            ; false ; false
            ''                               ; false ; false
            """)
    void withoutAQuestionForTheStatusEverythingBeforeMustHaveSucceeded(
            String text, boolean afterSuccess, boolean afterFailure) throws InvalidWorkflowException {
        String written = "if: \"" + text + "\"";

        for (Condition condition : new Condition[] {
            job(withJob(written)).condition().orElseThrow(),
            step(withStep(written)).settings().condition().orElseThrow()
        }) {
            assertThat(condition.holds(after(true))).isEqualTo(afterSuccess);
            assertThat(condition.holds(after(false))).isEqualTo(afterFailure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"if:", "if: ''", "if: '  '"})
    void nothingAsksForSuccess(String text) throws InvalidWorkflowException {
        Condition condition = job(withJob(text)).condition().orElseThrow();

        assertThat(condition.holds(after(true))).isTrue();
        assertThat(condition.holds(after(false))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${{ inputs.on }} && false",
                "!${{ inputs.on }}",
                "${{ inputs.on }} == true",
                "${{ inputs.a }}${{ inputs.b }}"
            })
    void textAroundAnExpressionIsRefusedAsItIsAlwaysTrue(String text) {
        assertThat(problems(withJob("if: \"" + text + "\"")))
                .containsExactly(PATH + ":7: `if: " + text + "` is always true, for the text around the expression;"
                        + " put the whole condition between `${{` and `}}`, or leave them out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            secrets.KEY     ; Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.KEY, known here: github, inputs, needs, vars
            matrix.os       ; Unrecognized named-value: 'matrix'. Located at position 1 within expression: matrix.os, known here: github, inputs, needs, vars
            hashFiles('x')  ; Unrecognized function: 'hashFiles'. Located at position 1 within expression: hashFiles('x'), known here, besides the general ones: always, cancelled, failure, success
            always(1)       ; Too many parameters supplied: '('. Located at position 7 within expression: always(1)
            a) || (b    ; Unrecognized named-value: 'a'. Located at position 1 within expression: a) || (b, known here: github, inputs, needs, vars
            """)
    void whatAConditionCannotSeeIsRefused(String text, String problem) {
        assertThat(problems(withJob("if: " + text)))
                .containsExactly(PATH + ":7: " + problem.replace(", known", "; known"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"success('job')", "failure('a', 'b')"})
    void jobsMayAskForTheStatusOfJobsAndStepsMayNot(String text) throws InvalidWorkflowException {
        assertThat(job(withJob("if: " + text)).condition().orElseThrow().asksForStatus())
                .isTrue();
        assertThat(problems(withStep("if: " + text))).singleElement().asString().contains("Too many parameters");
    }
}
