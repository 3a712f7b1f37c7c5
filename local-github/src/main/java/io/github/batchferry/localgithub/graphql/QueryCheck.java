package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Looks for fields and fragments that do not exist, before anything is done. */
final class QueryCheck {
    private final Schema schema;
    private final Document document;
    private final ArrayNode errors = Json.array();

    QueryCheck(Schema schema, Document document) {
        this.schema = schema;
        this.document = document;
    }

    /** All mistakes, in GitHub's shape; empty if there are none. */
    ArrayNode errors(Document.Operation operation, GraphType<?> root) {
        check(root, operation.selections(), List.of(operation.kind()));
        return errors;
    }

    private void check(GraphType<?> type, List<Document.Selection> selections, List<String> path) {
        for (Document.Selection selection : selections) {
            if (selection instanceof Document.Field field) {
                check(type, field, path);
            } else if (selection instanceof Document.Spread spread) {
                check(type, spread, path);
            }
        }
    }

    private void check(GraphType<?> type, Document.Spread spread, List<String> path) {
        Document.Fragment fragment =
                spread.inline() == null ? document.fragments().get(spread.name()) : spread.inline();
        if (fragment == null) {
            add("fragmentNotDefined", "Fragment " + spread.name() + " was used, but not defined", path);
        } else if (path.size() > Execution.DEEPEST) {
            add(
                    "tooDeep",
                    "cannot go deeper than " + Execution.DEEPEST + " levels: does a fragment contain itself?",
                    path);
        } else if (type.is(fragment.type())) {
            check(type, fragment.selections(), with(path, "..."));
        } else if (type.mayBe(fragment.type())) {
            check(schema.type(fragment.type()), fragment.selections(), with(path, "..."));
        }
    }

    private void check(GraphType<?> type, Document.Field field, List<String> path) {
        List<String> here = with(path, field.alias());
        if (field.name().equals("__typename")) {
            return;
        }
        GraphType.GraphField<?> found = type.fields().get(field.name());
        if (found == null) {
            add("undefinedField", "Field '" + field.name() + "' doesn't exist on type '" + type.name() + "'", here)
                    .putArray("locations")
                    .addObject()
                    .put("line", field.place().line())
                    .put("column", field.place().column());
        } else if (found.type().isEmpty() != field.selections().isEmpty()) {
            String problem = found.type().isEmpty() ? "can't have selections" : "must have selections";
            add(
                    "selectionMismatch",
                    "Field " + problem + ": '" + field.name() + "' of type '" + type.name() + "'",
                    here);
        } else if (!found.type().isEmpty()) {
            check(schema.type(found.type()), field.selections(), here);
        }
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private ObjectNode add(String code, String message, List<String> path) {
        ObjectNode error = errors.addObject().put("message", message);
        path.forEach(error.putArray("path")::add);
        error.putObject("extensions").put("code", code);
        return error;
    }
}
