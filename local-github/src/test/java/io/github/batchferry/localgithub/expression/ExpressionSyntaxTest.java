package io.github.batchferry.localgithub.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSyntaxTest {
    private static final Vocabulary VOCABULARY = new Vocabulary(
            Set.of("github", "needs"), Set.of("hashFiles", "success", "always", "failure(0,MAX)", "own(2,3)"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "foo|Unrecognized named-value: 'foo'. Located at position 1 within expression: foo",
                "github.ref == inputs.ref|Unrecognized named-value: 'inputs'. Located at position 15 within"
                        + " expression: github.ref == inputs.ref",
                "trim('a')|Unrecognized function: 'trim'. Located at position 1 within expression: trim('a')",
                "contains('a')|Too few parameters supplied: '('. Located at position 9 within expression:"
                        + " contains('a')",
                "toJSON(1, 2)|Too many parameters supplied: '('. Located at position 7 within expression: toJSON(1,"
                        + " 2)",
                "case(true, 1, false, 2)|Even number of parameters supplied, requires an odd number of parameters:"
                        + " '('. Located at position 5 within expression: case(true, 1, false, 2)",
                "github.|Unexpected end of expression: '.'. Located at position 7 within expression: github.",
                "(github|Unexpected end of expression: 'github'. Located at position 2 within expression: (github",
                "1 2|Unexpected symbol: '2'. Located at position 3 within expression: 1 2",
                "github == \"a\"|Unexpected symbol: '\"a\"'. Located at position 11 within expression: github =="
                        + " \"a\"",
                "'open|Unexpected symbol: ''open'. Located at position 1 within expression: 'open",
                "github.ref = 'a'|Unexpected symbol: '='. Located at position 12 within expression: github.ref ="
                        + " 'a'",
                "- 5|Unexpected symbol: '-'. Located at position 1 within expression: - 5",
                "foo && =|Unrecognized named-value: 'foo'. Located at position 1 within expression: foo && =",
            })
    void aMistakeIsToldInGitHubsWords(String text, String message) {
        assertThatThrownBy(() -> Expression.parse(text, VOCABULARY))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contains('a', 'b',)", // GitHub's JavaScript package lets the last comma pass, its runner does not
                "contains(, 'b')",
                "(1, 2)",
                "github[1, 2]",
                "github[]",
                "github[*.a]",
                "github[*",
                "github.*a",
                "github*",
                "*",
                "'a'.length",
                "'a'[0]",
                "1.2.3",
                "1.a",
                "null.a",
                "github..a",
                "github.'a'",
                "github.1",
                ".github",
                "!",
                "!!",
                "1 !",
                "1 ! = 2",
                "1 === 2",
                "1 && && 2",
                "1 & 2",
                "1 | 2",
                "1 + 2",
                "1 - 2",
                "5a",
                "0b11",
                "0x",
                "0xfffffffff",
                "0o9",
                "()",
                ")",
                "(1]",
                "github[1)",
                "success(1)",
                "hashFiles()",
                "own(1)",
                "own(1, 2, 3, 4)",
                "github(1)",
                "github.ref(1)",
                "true(1)",
                "TRUE",
                "\u00e9",
                "$a",
            })
    void whatIsNoExpressionIsRefused(String text) {
        assertThatThrownBy(() -> Expression.parse(text, VOCABULARY)).isInstanceOf(ExpressionSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void nothingIsNoExpression(String text) {
        assertThatThrownBy(() -> Expression.parse(text, VOCABULARY))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessage("An expression was expected");
    }

    @Test
    void aTreeMayHaveFiftyLevels() throws Exception {
        Expression.parse("!".repeat(49) + "github", VOCABULARY);
        Expression.parse("github" + ".a".repeat(49), VOCABULARY);
        Expression.parse("join(".repeat(49) + "1" + ")".repeat(49), VOCABULARY);

        assertTooDeep("!".repeat(50) + "github");
        assertTooDeep("github" + ".a".repeat(50));
        assertTooDeep("join(".repeat(50) + "1" + ")".repeat(50));
        assertTooDeep("1" + " == 1".repeat(50));
        assertTooDeep("!".repeat(20_000) + "1");
    }

    @Test
    void parenthesesAndChainsMakeATreeNoDeeper() throws Exception {
        Expression.parse("(".repeat(10_000) + "1" + ")".repeat(10_000), VOCABULARY);
        Expression.parse("1" + " || 1".repeat(4_000), VOCABULARY);
        Expression.parse("1" + " && (1".repeat(2_000) + ")".repeat(2_000), VOCABULARY);
    }

    @Test
    void anExpressionMayHave21000Characters() throws Exception {
        Expression.parse("1" + " ".repeat(20_999), VOCABULARY);

        assertThatThrownBy(() -> Expression.parse("1" + " ".repeat(21_000), VOCABULARY))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessage("Exceeded max expression length 21000");
    }

    @Test
    void namesAreFoundWithoutRegardToCase() throws Exception {
        assertThat(Expression.parse("GitHub.ref == needs.a || github.b", VOCABULARY)
                        .contexts())
                .containsExactlyInAnyOrder("github", "needs");
        Expression.parse("CONTAINS(HashFiles('a'), OWN(1, 2))", VOCABULARY);
    }

    @Test
    void contextsAreFoundInIndexesAndArgumentsToo() throws Exception {
        assertThat(Expression.parse("github[needs.a] && true", VOCABULARY).contexts())
                .containsExactlyInAnyOrder("github", "needs");
        assertThat(Expression.parse("contains('needs.a', 'b')", VOCABULARY).contexts())
                .isEmpty();
    }

    @Test
    void anExpressionKnowsWhetherItAsksForStatus() throws Exception {
        assertThat(Expression.parse("github.ref && !(true == Success())", VOCABULARY)
                        .asksForStatus())
                .isTrue();
        assertThat(Expression.parse("failure('a', 'b')", VOCABULARY).asksForStatus())
                .isTrue();
        assertThat(Expression.parse("hashFiles('success()')", VOCABULARY).asksForStatus())
                .isFalse();
    }

    @Test
    void aFunctionIsDeclaredInGitHubsNotation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vocabulary(Set.of(), Set.of("success(1)")))
                .withMessageContaining("`success(1)`");
    }

    private static void assertTooDeep(String text) {
        assertThatThrownBy(() -> Expression.parse(text, VOCABULARY))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessage("Exceeded max expression depth 50");
    }
}
