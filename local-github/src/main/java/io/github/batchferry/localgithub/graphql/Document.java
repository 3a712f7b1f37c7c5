package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A query as it was written.
 *
 * @param operations at least one
 * @param fragments by name
 */
record Document(List<Operation> operations, Map<String, Fragment> fragments) {
    /**
     * Something to do.
     *
     * @param kind query or mutation
     * @param name empty if it has none
     * @param defaults values of variables that are not given
     */
    record Operation(String kind, String name, Map<String, Value> defaults, List<Selection> selections) {}

    /** A named part of a query. */
    record Fragment(String type, List<Selection> selections) {}

    /** Something that is asked for. */
    sealed interface Selection {
        /** Conditions under which it is asked for. */
        List<Directive> directives();
    }

    /** A field; its key in the answer is the alias. */
    record Field(
            String alias,
            String name,
            Map<String, Value> arguments,
            List<Directive> directives,
            List<Selection> selections,
            Place place)
            implements Selection {}

    /** The fields of a fragment; if it is inline, its name is empty. */
    record Spread(String name, Fragment inline, List<Directive> directives) implements Selection {}

    /** A condition: skip or include. */
    record Directive(String name, Map<String, Value> arguments) {}

    /** Where something stands; both count from 1. */
    record Place(int line, int column) {}

    /** A value in a query. */
    sealed interface Value {}

    /** A text, a number, a truth value, null or a word of an enumeration, which is a text here. */
    record Constant(JsonNode json) implements Value {}

    /** The value of a variable. */
    record Variable(String name) implements Value {}

    /** A list. */
    record Items(List<Value> values) implements Value {}

    /** An object. */
    record Entries(Map<String, Value> values) implements Value {}
}
