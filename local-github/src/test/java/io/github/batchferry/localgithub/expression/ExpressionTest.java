package io.github.batchferry.localgithub.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.batchferry.localgithub.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the comparison with GitHub's JavaScript package cannot show, as that package differs from GitHub's runner there;
 * the rest is in the table next to {@code expressions/README.md}.
 */
class ExpressionTest {
    private static final Documents SCOPE = Documents.of("""
            {"github": {"ref": "main", "event": {"labels": [{"name": "a"}, {"name": "b"}], "nothing": null}},
             "env": {"Path": "x"},
             "needs": {"one": {"result": "success"}, "two": {"result": "failure"}},
             "odd": {"key": 1, "KEY": 2, "constructor": "c", "z": 1, "10": "ten", "9": "nine"},
             "numbers": {"long": 9007199254740993, "big": 123456789012345678901234567890}}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'It''s'|It's",
                "''''|'",
                "'a''b''c'|a'b'c",
                "format('echo ''{0}''', 'x')|echo 'x'",
                "contains('it''s', '''S')|true",
            })
    void aDoubledQuoteIsAQuote(String text, String value) {
        assertThat(SCOPE.text(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e15|1E+15",
                "123456789012345|123456789012345",
                "1234567890123456|1.23456789012346E+15",
                "1234567.1234567891|1234567.12345679",
                "0.0001|0.0001",
                "0.00001|1E-05",
                "-1.5e-7|-1.5E-07",
                "1e300|1E+300",
                "100000000000000.5|100000000000000",
                "100000000000001.5|100000000000002",
                "0.3|0.3",
                "-0|0",
                "1e400|Infinity",
                "-Infinity|-Infinity",
                "NaN|NaN",
                "0xff|255",
                "0xffffffff|-1",
                "0o17|15",
                "0o37777777777|-1",
                "5.|5",
                "+.5|0.5",
                "numbers.long|9.00719925474099E+15",
                "numbers.big|1.23456789012346E+29",
            })
    void aNumberIsWrittenWith15Digits(String text, String value) {
        assertThat(SCOPE.text(text)).isEqualTo(value);
        assertThat(SCOPE.text("toJSON(" + text + ")")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'0X1F' == 31|false",
                "'0b11' == 3|false",
                "'0xfffffffff' == 68719476735|false",
                "'0o40000000000' == 4294967296|false",
                "'\u00df' == 'ss'|false",
                "'\u017f' == 's'|false",
                "'\u0131' == 'i'|false",
                "'\u00e4' == '\u00c4'|true",
                "'\ud801\udc28' == '\ud801\udc00'|true",
                "'\u00a0\u00851\u2003' == 1|true",
                "1\u00a0==\f1|true",
            })
    void textsAreReadAsDotNetReadsThem(String text, boolean value) {
        assertThat(SCOPE.evaluate(text).booleanValue()).isEqualTo(value);
    }

    @Test
    void onlyInTheEnvironmentTheCaseOfNamesCounts() {
        assertThat(SCOPE.text("env.Path")).isEqualTo("x");
        assertThat(SCOPE.text("env.PATH")).isEmpty();
        assertThat(SCOPE.text("env['path']")).isEmpty();
        assertThat(SCOPE.text("GITHUB.REF")).isEqualTo("main");
    }

    @Test
    void ofNamesThatDifferInCaseTheFirstCounts() {
        assertThat(SCOPE.text("odd.KEY")).isEqualTo("1");
        assertThat(SCOPE.text("toJSON(fromJSON('{\"b\":1,\"2\":2,\"B\":3,\"b\":4}'))"))
                .isEqualTo("{\n  \"b\": 4,\n  \"2\": 2\n}");
    }

    @Test
    void noNameIsSpecial() {
        assertThat(SCOPE.text("odd.constructor")).isEqualTo("c");
        assertThat(SCOPE.text("github.constructor")).isEmpty();
        assertThat(SCOPE.text("github.__proto__")).isEmpty();
        assertThat(SCOPE.text("join(odd.*)")).isEqualTo("1,2,c,1,ten,nine");
    }

    @Test
    void jsonIsEscapedAsDotNetDoes() {
        assertThat(SCOPE.text("toJSON('\u0085\u2028\u2029\u007f\ud800')"))
                .isEqualTo("\"\\u0085\\u2028\\u2029\u007f\ud800\"");
    }

    @Test
    void whatIsNotLookedAtCannotFail() {
        assertThat(SCOPE.text("case(true, 'a', fromJSON('broken'))")).isEqualTo("a");
        assertThat(SCOPE.text("case(false, fromJSON('broken'), 'b')")).isEqualTo("b");
        assertThat(SCOPE.text("format('{0}', 'a', fromJSON('broken'))")).isEqualTo("a");
        assertThat(SCOPE.text("contains(github, fromJSON('broken'))")).isEqualTo("false");
        assertThat(SCOPE.text("join('a', fromJSON('broken'))")).isEqualTo("a");
        assertThat(SCOPE.text("github.ref[fromJSON('broken')]")).isEmpty();
        assertThat(SCOPE.text("true || fromJSON('broken')")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format('{1}', 1)|The following format string references more arguments than were supplied: {1}",
                "format('{0abc}', 1)|The following format string is invalid: {0abc}",
                "format('{0:x}', 1)|The following format string is invalid: {0:x}",
                "format('{', 1)|The following format string is invalid: {",
                "case('true', 1, 2)|case predicate must evaluate to a boolean value",
                "fromJSON(' ')|Error parsing fromJson: the text is empty",
            })
    void whatHasNoValueSaysWhy(String text, String message) {
        assertThatThrownBy(() -> SCOPE.evaluate(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void brokenJsonSaysWhatIsBroken() {
        assertThatThrownBy(() -> SCOPE.evaluate("fromJSON('{a')"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("Error parsing fromJson: Unexpected character ('a'");
        assertThatThrownBy(() -> SCOPE.evaluate("fromJSON('" + "[".repeat(101) + "]".repeat(101) + "')"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("deeper than 100 levels");
    }

    @Test
    void jsonMayBe100LevelsDeep() {
        String json = "[".repeat(100) + "]".repeat(100);

        assertThat(SCOPE.evaluate("fromJSON('" + json + "')")).hasToString(json);
    }

    @Test
    void aTextCannotGrowWithoutEnd() {
        String doubling = "format('{0}{0}', ".repeat(45) + "'abc'" + ")".repeat(45);

        assertThatThrownBy(() -> SCOPE.evaluate(doubling))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("maximum allowed memory size was exceeded");
    }

    @Test
    void nestedCallsCostNoMoreThanTheyAreLong() {
        String doubling = "format('{0}{0}', ".repeat(48) + "''" + ")".repeat(48);

        assertThat(SCOPE.text(doubling)).isEmpty();
    }

    @Test
    void functionsOfTheScopeGetTheirArguments() {
        assertThat(SCOPE.evaluate("HASHFILES('a', github.ref, 1)")).hasToString("[\"hashFiles\",\"a\",\"main\",1]");
        assertThat(SCOPE.evaluate("always()")).hasToString("[\"always\"]");
    }

    @Test
    void aStarsValueIsAPlainArrayOutside() {
        JsonNode results = SCOPE.evaluate("needs.*.result");

        assertThat(results.getClass()).isEqualTo(ArrayNode.class);
        assertThat(results).hasToString("[\"success\",\"failure\"]");
    }

    @Test
    void aStarsValueStaysOneInsideOfCallsAndChains() {
        assertThat(SCOPE.evaluate("case(true, needs.*, null).result")).hasToString("[\"success\",\"failure\"]");
        assertThat(SCOPE.evaluate("(null || needs.*).result")).hasToString("[\"success\",\"failure\"]");
    }

    @Test
    void wholeNumbersStayWhole() {
        assertThat(SCOPE.evaluate("fromJSON('[1, 1.0, 2.5, -0, 3000000000, 1e3]')"))
                .hasToString("[1,1,2.5,0,3000000000,1000]");
        assertThat(SCOPE.evaluate("-7").isInt()).isTrue();
    }

    @Test
    void whatIsMissingIsNull() {
        assertThat(SCOPE.evaluate("github.event.nothing.at.all").isNull()).isTrue();
        assertThat(SCOPE.evaluate("github.absent").isNull()).isTrue();
        assertThat(Values.truthy(MissingNode.getInstance())).isFalse();
        assertThat(Values.text(MissingNode.getInstance())).isEmpty();
        assertThat(Values.number(NullNode.getInstance())).isZero();
        assertThat(Values.number(Json.object())).isNaN();
    }

    @Test
    void anExpressionRemembersItsSource() {
        assertThat(SCOPE.parse(" github.ref ").source()).isEqualTo(" github.ref ");
        assertThat(SCOPE.parse("1")).hasToString("1");
    }
}
