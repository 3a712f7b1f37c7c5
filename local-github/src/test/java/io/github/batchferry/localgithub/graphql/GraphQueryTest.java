package io.github.batchferry.localgithub.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphQueryTest {
    private final Schema schema = new Schema()
            .add(new GraphType<String>("Shop", "Node")
                    .value("name", name -> name)
                    .field(
                            "sum",
                            "",
                            (name, arguments, caller) -> arguments.texts("of").stream()
                                    .mapToInt(Integer::parseInt)
                                    .sum())
                    .field("broken", "", (name, arguments, caller) -> {
                        throw new GraphException("NOT_FOUND", "no such thing");
                    })
                    .field(
                            "goods",
                            "GoodConnection",
                            (name, arguments, caller) ->
                                    Connection.of(IntStream.range(0, 5).boxed().toList(), arguments))
                    .object("two", "Good", name -> List.of(1, 2)))
            .addWithLists(new GraphType<Integer>("Good").value("number", number -> number));

    GraphQueryTest() {
        schema.type("Query")
                .field("shop", "Shop", (source, arguments, caller) -> arguments.needed("name"))
                .field("viewer", "Shop", (source, arguments, caller) -> caller.login());
    }

    private ObjectNode run(String query) {
        return run(query, "{}");
    }

    private ObjectNode run(String query, String variables) {
        try {
            return new Execution(schema, new Caller.User(), (ObjectNode) Json.MAPPER.readTree(variables))
                    .run(query, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode data(String query) {
        ObjectNode answer = run(query);
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.path("data");
    }

    @Test
    void fieldsAreAnsweredUnderTheirAliases() {
        assertThat(data("{ a: shop(name: \"x\") { name } viewer { __typename, name } }"))
                .hasToString("{\"a\":{\"name\":\"x\"},\"viewer\":{\"__typename\":\"Shop\",\"name\":\"local\"}}");
    }

    @Test
    void variablesAndTheirDefaultsAreUsed() {
        String query = "query Q($n: String!, $of: [Int!] = [\"1\", \"2\"]) { shop(name: $n) { name sum(of: $of) } }";

        assertThat(run(query, "{\"n\":\"v\"}").path("data")).hasToString("{\"shop\":{\"name\":\"v\",\"sum\":3}}");
        assertThat(run(query, "{\"n\":\"v\",\"of\":[\"4\"]}")
                        .path("data")
                        .path("shop")
                        .path("sum")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void fragmentsAreSpreadWhereTheyFit() {
        String query = """
                # a comment
                fragment f on Node { name }
                fragment unused on Other { nothing }
                query { viewer { ...f ... on Shop { two { number } } ... on Other { nothing } ...unused } }
                """;

        assertThat(data(query))
                .hasToString("{\"viewer\":{\"name\":\"local\",\"two\":[{\"number\":1},{\"number\":2}]}}");
    }

    @Test
    void directivesLeaveFieldsOut() {
        assertThat(
                        data(
                                "{ viewer { a: name @skip(if: true) b: name @include(if: false) c: name @include(if: true) } }"))
                .hasToString("{\"viewer\":{\"c\":\"local\"}}");
    }

    @Test
    void listsArePaged() {
        JsonNode first = data("{ viewer { goods(first: 2) { totalCount nodes { number }"
                        + " pageInfo { hasNextPage endCursor } } } }")
                .path("viewer")
                .path("goods");
        String cursor = first.path("pageInfo").path("endCursor").asText();
        JsonNode next = data("{ viewer { goods(first: 9, after: \"" + cursor + "\") { edges { node { number } cursor }"
                        + " pageInfo { hasNextPage hasPreviousPage } } } }")
                .path("viewer")
                .path("goods");
        JsonNode last = data("{ viewer { goods(last: 1) { nodes { number } } } }");

        assertThat(first.path("totalCount").asInt()).isEqualTo(5);
        assertThat(first.findValuesAsText("number")).containsExactly("0", "1");
        assertThat(first.path("pageInfo").path("hasNextPage").asBoolean()).isTrue();
        assertThat(next.findValuesAsText("number")).containsExactly("2", "3", "4");
        assertThat(next.path("pageInfo")).hasToString("{\"hasNextPage\":false,\"hasPreviousPage\":true}");
        assertThat(last.findValuesAsText("number")).containsExactly("4");
        assertThat(message("{ viewer { goods(first: 101) { totalCount } } }")).contains("101");
        assertThat(message("{ viewer { goods(first: 1, after: \"?\") { totalCount } } }"))
                .contains("valid cursor");
    }

    private String message(String query) {
        return run(query).path("errors").path(0).path("message").asText();
    }

    @Test
    void aFieldThatDoesNotExistIsNamedAndNothingIsDone() {
        ObjectNode answer = run("{ viewer {\n  price } }");

        assertThat(answer.has("data")).isFalse();
        JsonNode error = answer.path("errors").path(0);
        assertThat(error.path("message").asText()).isEqualTo("Field 'price' doesn't exist on type 'Shop'");
        assertThat(error.path("path")).hasToString("[\"query\",\"viewer\",\"price\"]");
        assertThat(error.path("locations")).hasToString("[{\"line\":2,\"column\":3}]");
    }

    @Test
    void selectionsMustFitTheirFields() {
        assertThat(message("{ viewer }")).contains("must have selections");
        assertThat(message("{ viewer { name { x } } }")).contains("can't have selections");
        assertThat(message("{ viewer { ...lost } }")).contains("Fragment lost was used, but not defined");
        assertThat(message("fragment f on Shop { ...f } query { viewer { ...f } }"))
                .contains("contain itself");
    }

    @Test
    void aFieldWithoutAnswerIsNullAndTheOthersGoOn() {
        ObjectNode answer = run("{ viewer { name broken } }");

        assertThat(answer.path("data")).hasToString("{\"viewer\":{\"name\":\"local\",\"broken\":null}}");
        JsonNode error = answer.path("errors").path(0);
        assertThat(error.path("type").asText()).isEqualTo("NOT_FOUND");
        assertThat(error.path("path")).hasToString("[\"viewer\",\"broken\"]");
    }

    @Test
    void aQueryThatCannotBeReadIsRefusedWithItsPlace() {
        for (String query : List.of("", "{", "{ viewer { name } ", "{ viewer(name: ) { name } }", "{ a ? }", "name")) {
            assertThat(message(query)).as(query).isNotEmpty();
        }
        assertThat(message("{ viewer {\n ? } }")).contains("found `?` at line 2, column 2");
        assertThat(message("subscription { x }")).contains("cannot execute a `subscription`");
    }

    @Test
    void whatFieldsATypeHasCanBeAsked() {
        assertThat(data("{ __type(name: \"Good\") { fields(includeDeprecated: true) { name } } }"))
                .hasToString("{\"__type\":{\"fields\":[{\"name\":\"number\"}]}}");
    }
}
