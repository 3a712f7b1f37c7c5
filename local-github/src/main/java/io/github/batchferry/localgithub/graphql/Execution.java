package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Executes one query. A field without an answer is null and has an error of its own; the others go on. Used once. */
final class Execution {
    /** Levels that a query may have. */
    static final int DEEPEST = 50;

    private final Schema schema;
    private final Caller caller;
    private final ObjectNode variables;
    private final ArrayNode errors = Json.array();

    Execution(Schema schema, Caller caller, ObjectNode variables) {
        this.schema = schema;
        this.caller = caller;
        this.variables = variables;
    }

    /**
     * Executes a query.
     *
     * @param operationName which of several operations; empty if there is only one
     * @return {@code data} and {@code errors}, as far as there are any
     */
    ObjectNode run(String query, String operationName) throws IOException {
        ObjectNode answer = Json.object();
        try {
            Document document = QueryReader.read(query);
            Document.Operation operation = operation(document, operationName);
            operation.defaults().forEach((name, value) -> {
                if (!variables.has(name)) {
                    variables.set(name, evaluate(value));
                }
            });
            GraphType<Object> root = schema.type(operation.kind().equals("query") ? "Query" : "Mutation");
            errors.addAll(new QueryCheck(schema, document).errors(operation, root));
            if (errors.isEmpty()) {
                answer.set("data", object(root, this, operation.selections(), document, List.of()));
            }
        } catch (GraphException e) {
            errors.add(e.json());
        }
        if (!errors.isEmpty()) {
            answer.set("errors", errors);
        }
        return answer;
    }

    private static Document.Operation operation(Document document, String name) throws GraphException {
        return document.operations().stream()
                .filter(operation -> name.isEmpty() || operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> GraphException.syntax("No operation named \"" + name + "\""));
    }

    private ObjectNode object(
            GraphType<Object> type,
            Object source,
            List<Document.Selection> selections,
            Document document,
            List<Object> path)
            throws IOException {
        ObjectNode object = Json.object();
        for (Document.Field field : fields(type, selections, document)) {
            if (field.name().equals("__typename")) {
                object.put(field.alias(), type.name());
            } else {
                List<Object> here = with(path, field.alias());
                JsonNode value = value(type.fields().get(field.name()), source, field, document, here);
                object.set(field.alias(), merged(object.path(field.alias()), value));
            }
        }
        return object;
    }

    /** The same field may be asked for twice, with other fields below. */
    private static JsonNode merged(JsonNode before, JsonNode value) {
        if (before instanceof ObjectNode known && value instanceof ObjectNode more) {
            for (Map.Entry<String, JsonNode> entry : more.properties()) {
                known.set(entry.getKey(), merged(known.path(entry.getKey()), entry.getValue()));
            }
            return known;
        }
        return value;
    }

    private List<Document.Field> fields(
            GraphType<Object> type, List<Document.Selection> selections, Document document) {
        List<Document.Field> fields = new ArrayList<>();
        for (Document.Selection selection : selections) {
            if (!asked(selection)) {
                continue;
            }
            if (selection instanceof Document.Field field) {
                fields.add(field);
            } else if (selection instanceof Document.Spread spread) {
                Document.Fragment fragment =
                        spread.inline() == null ? document.fragments().get(spread.name()) : spread.inline();
                if (type.is(fragment.type())) {
                    fields.addAll(fields(type, fragment.selections(), document));
                }
            }
        }
        return fields;
    }

    private boolean asked(Document.Selection selection) {
        return selection.directives().stream().allMatch(directive -> {
            boolean condition = evaluate(directive.arguments().getOrDefault("if", new Document.Constant(Json.array())))
                    .asBoolean();
            return directive.name().equals("skip")
                    ? !condition
                    : condition || !directive.name().equals("include");
        });
    }

    private JsonNode value(
            GraphType.GraphField<Object> field,
            Object source,
            Document.Field asked,
            Document document,
            List<Object> path)
            throws IOException {
        ObjectNode arguments = Json.object();
        asked.arguments().forEach((name, value) -> arguments.set(name, evaluate(value)));
        try {
            Object value = field.resolver().resolve(source, new Arguments(arguments), caller);
            return json(field.type(), value, asked, document, path);
        } catch (GraphException | ApiException e) {
            ObjectNode error = GraphException.of(e).json();
            error.set("path", Json.MAPPER.valueToTree(path));
            error.putArray("locations")
                    .addObject()
                    .put("line", asked.place().line())
                    .put("column", asked.place().column());
            errors.add(error);
            return Json.MAPPER.nullNode();
        }
    }

    private JsonNode json(String type, Object value, Document.Field asked, Document document, List<Object> path)
            throws IOException, GraphException {
        if (value == null || type.isEmpty()) {
            return Json.MAPPER.valueToTree(value);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = Json.array();
            for (Object element : list) {
                array.add(json(type, element, asked, document, with(path, array.size())));
            }
            return array;
        }
        return value instanceof GraphType.Member member
                ? object(schema.type(member.type()), member.source(), asked.selections(), document, path)
                : object(schema.type(type), value, asked.selections(), document, path);
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private JsonNode evaluate(Document.Value value) {
        if (value instanceof Document.Variable variable) {
            return variables.path(variable.name()).isMissingNode()
                    ? Json.MAPPER.nullNode()
                    : variables.path(variable.name());
        }
        if (value instanceof Document.Items items) {
            ArrayNode array = Json.array();
            items.values().forEach(item -> array.add(evaluate(item)));
            return array;
        }
        if (value instanceof Document.Entries entries) {
            ObjectNode object = Json.object();
            entries.values().forEach((name, entry) -> object.set(name, evaluate(entry)));
            return object;
        }
        return ((Document.Constant) value).json();
    }
}
