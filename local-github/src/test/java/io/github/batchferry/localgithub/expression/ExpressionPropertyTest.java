package io.github.batchferry.localgithub.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;

class ExpressionPropertyTest {
    private static final Documents SCOPE = Documents.of("""
            {"github": {"ref": "main", "n": 5, "list": [1, "2", {"a": [true, null]}], "empty": {}},
             "needs": {"a": {"result": "success"}, "b": {"result": "failure"}}}
            """);

    @Property(tries = 2000)
    void anyTextIsAnExpressionOrRefusedByName(@ForAll String text) {
        parseOrRefuse(text);
    }

    @Property(tries = 5000)
    void anyPiecesAreAnExpressionOrRefusedByName(@ForAll("pieces") String text) {
        parseOrRefuse(text);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void anExpressionHasAValueOrSaysWhyNot(@ForAll("expressions") String text) {
        Expression expression = SCOPE.parse(text);
        try {
            assertThat(Values.text(expression.evaluate(SCOPE))).isNotNull();
        } catch (ExpressionException e) {
            assertThat(e)
                    .hasMessageMatching("(?s)(Error parsing fromJson|The following format string|case predicate).*");
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenAsJsonReadsAgain(@ForAll("values") JsonNode value) {
        Documents scope = new Documents(Json.object().set("value", value));

        assertThat(scope.evaluate("fromJSON(toJSON(value.v))")).isEqualTo(value.get("v"));
    }

    @Property
    void aTextInQuotesIsThatText(@ForAll String text) {
        assertThat(SCOPE.evaluate("'" + text.replace("'", "''") + "'").asText()).isEqualTo(text);
    }

    @Property
    void numbersSurviveTheirTextTo15Digits(@ForAll @DoubleRange(min = -1e308, max = 1e308) double number) {
        double back = Values.number(TextNode.valueOf(Values.text(DoubleNode.valueOf(number))));

        assertThat(back).isCloseTo(number, Percentage.withPercentage(1e-12));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void equalValuesAreNeitherLessNorGreater(@ForAll("leaves") JsonNode left, @ForAll("leaves") JsonNode right) {
        boolean equal = Comparisons.compare(Operator.EQUAL, left, right);
        boolean less = Comparisons.compare(Operator.LESS, left, right);
        boolean greater = Comparisons.compare(Operator.GREATER, left, right);

        assertThat(List.of(equal, less, greater).stream().filter(holds -> holds).count())
                .isLessThanOrEqualTo(1);
        assertThat(Comparisons.compare(Operator.GREATER, right, left)).isEqualTo(less);
        assertThat(Comparisons.compare(Operator.NOT_EQUAL, right, left)).isEqualTo(!equal);
        assertThat(Comparisons.compare(Operator.LESS_OR_EQUAL, left, right)).isEqualTo(less || equal);
        assertThat(Comparisons.compare(Operator.GREATER_OR_EQUAL, left, right)).isEqualTo(greater || equal);
    }

    private static void parseOrRefuse(String text) {
        try {
            assertThat(Expression.parse(text, SCOPE.vocabulary()).source()).isEqualTo(text);
        } catch (ExpressionSyntaxException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "github",
                        "needs",
                        ".",
                        "*",
                        "[",
                        "]",
                        "(",
                        ")",
                        ",",
                        "!",
                        "==",
                        "!=",
                        "<",
                        ">=",
                        "&&",
                        "||",
                        "'a'",
                        "''",
                        "'",
                        "1",
                        "-2.5",
                        "0x1f",
                        "null",
                        "true",
                        "NaN",
                        "contains",
                        "format",
                        "case",
                        "success",
                        "ref",
                        " ",
                        "\"",
                        "&",
                        "=")
                .list()
                .ofMaxSize(15)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> leaf = Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "-1.5",
                "NaN",
                "Infinity",
                "''",
                "'Main'",
                "'1'",
                "'{0}'",
                "'[1,{}]'",
                "github",
                "github.ref",
                "github.list",
                "github.list.*.a",
                "needs.*.result",
                "needs.*",
                "github.none");
        return Arbitraries.recursive(() -> leaf, ExpressionPropertyTest::larger, 0, 4);
    }

    private static Arbitrary<String> larger(Arbitrary<String> smaller) {
        Arbitrary<String> operator = Arbitraries.of("==", "!=", "<", "<=", ">", ">=", "&&", "||");
        Arbitrary<String> two = Arbitraries.of("contains", "startsWith", "endsWith", "join", "format");
        Arbitrary<String> one = Arbitraries.of("toJSON(", "fromJSON(", "join(", "format(", "!(", "(");
        return Arbitraries.oneOf(
                Combinators.combine(smaller, operator, smaller)
                        .as((left, symbol, right) -> "(" + left + symbol + right + ")"),
                Combinators.combine(two, smaller, smaller)
                        .as((function, left, right) -> function + "(" + left + ", " + right + ")"),
                Combinators.combine(one, smaller).as((open, inner) -> open + inner + ")"),
                Combinators.combine(smaller, smaller).as((target, key) -> "(" + target + ")[" + key + "]"),
                smaller.map(inner -> "(" + inner + ").*"),
                Combinators.combine(smaller, smaller, smaller)
                        .as((a, b, c) -> "case(" + a + ", " + b + ", " + c + ")"));
    }

    @Provide
    Arbitrary<JsonNode> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.just(NullNode.getInstance()),
                Arbitraries.of(true, false).map(BooleanNode::valueOf),
                Arbitraries.integers().map(Numbers::node),
                Arbitraries.doubles().map(Numbers::node),
                Arbitraries.of("", " 1 ", "a", "A", "0", "-0", "NaN", "Infinity", "1e3")
                        .map(TextNode::valueOf),
                Arbitraries.strings().map(TextNode::valueOf));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.just(NullNode.getInstance()),
                Arbitraries.of(true, false).map(BooleanNode::valueOf),
                Arbitraries.integers().map(Numbers::node),
                Arbitraries.strings().map(TextNode::valueOf));
        return Arbitraries.recursive(() -> leaf, ExpressionPropertyTest::collection, 0, 4)
                .map(value -> Json.object().set("v", value));
    }

    private static Arbitrary<JsonNode> collection(Arbitrary<JsonNode> items) {
        Arbitrary<JsonNode> arrays =
                items.list().ofMaxSize(4).map(list -> Json.array().addAll(list));
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.strings(), items)
                .ofMaxSize(4)
                .map(map -> Json.object().setAll(distinct(map)));
        return Arbitraries.oneOf(arrays, objects);
    }

    private static Map<String, JsonNode> distinct(Map<String, JsonNode> map) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> CaseFolding.fold(entry.getKey()), Map.Entry::getValue, (first, second) -> first));
    }
}
