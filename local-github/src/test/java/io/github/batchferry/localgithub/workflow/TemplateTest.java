package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static io.github.batchferry.localgithub.workflow.Reading.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Contexts INPUTS = contexts(
            "inputs", "{\"Name\":\"n\",\"flag\":true,\"none\":null,\"deep\":{\"x\":1.5}}", "github", "{\"ref\":\"r\"}");

    @Test
    void lookUpsIgnoreCaseAndWhatIsMissingIsEmpty() throws ExpressionSyntaxException {
        Template template = template(
                "a ${{ INPUTS.name }} ${{inputs.flag}}[${{ inputs.none }}${{ inputs.nope.deeper }}]"
                        + "${{ inputs.deep.x }} ${{ inputs.deep }} }} $",
                Place.RUN);

        assertThat(template.evaluate(INPUTS)).isEqualTo("a n true[]1.5 Object }} $");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            ${{ '}}' }}                         ; }}
            a${{ format('{0}}}', 'x') }}b       ; ax}b
            ${{ 'it''s }}' }}${{ '${{' }}       ; it's }}${{
            ${{ inputs.flag && 'y' || 'n' }}!   ; y!
            ${{ toJSON(inputs.flag) }}}}        ; true}}
            $${{ inputs.Name }}{                ; $n{
            """)
    void anExpressionEndsWhereItsQuotedTextsHaveEnded(String text, String value) throws ExpressionSyntaxException {
        assertThat(template(text, Place.RUN).evaluate(INPUTS)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${{ inputs.a      | the expression `${{` is not closed by `}}`
            ${{ '}}           | the expression `${{` is not closed by `}}`
            a${{ }}           | An expression was expected
            ${{}}             | An expression was expected
            """)
    void whatIsNoExpressionIsRefused(String text, String problem) {
        assertThatThrownBy(() -> template(text, Place.RUN))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessage(problem);
    }

    @Test
    void aSingleExpressionHasAValueOfAnyKind() throws ExpressionSyntaxException {
        assertThat(template("${{ inputs.flag }}", Place.RUN).value(INPUTS)).isEqualTo(BooleanNode.TRUE);
        assertThat(template("${{ inputs.none }}", Place.RUN).value(INPUTS)).isEqualTo(NullNode.getInstance());
        assertThat(template("${{ inputs.deep }}", Place.RUN).value(INPUTS)).hasToString("{\"x\":1.5}");
        assertThat(template(" ${{ inputs.flag }}", Place.RUN).value(INPUTS)).isEqualTo(TextNode.valueOf(" true"));
        assertThat(template("", Place.RUN).value(INPUTS)).isEqualTo(TextNode.valueOf(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a ${{ inputs.a }}b${{ github.ref }}", "${{ '}}' }}"})
    void aTemplateIsToldAsItWasWritten(String text) throws ExpressionSyntaxException {
        assertThat(template(text, Place.RUN)).hasToString(text);
    }

    @Test
    void aContextThatIsNotThereIsEmptyAndAFunctionThatIsNotThereFails() throws ExpressionSyntaxException {
        assertThat(template("[${{ vars.X }}]", Place.RUN).evaluate(INPUTS)).isEqualTo("[]");
        Template hash = template("${{ hashFiles('**') }}", Place.STEP);
        assertThatThrownBy(() -> hash.evaluate(INPUTS))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("hashfiles");
    }

    @Test
    void functionsOfThePlaceAreCalledByTheirNameInLowerCase() throws ExpressionSyntaxException {
        Contexts counting = INPUTS.with((name, arguments) -> TextNode.valueOf(name + arguments.size()));

        assertThat(template("${{ HashFiles('a', 'b') }}", Place.STEP).evaluate(counting))
                .isEqualTo("hashfiles2");
        assertThat(counting.call("Success", List.of())).isEqualTo(TextNode.valueOf("success0"));
    }
}
