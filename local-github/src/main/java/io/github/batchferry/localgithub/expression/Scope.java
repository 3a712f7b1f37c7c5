package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an expression sees while it is evaluated. */
public interface Scope {
    /**
     * The value of a context. Asked again it gives the same node, as objects are equal to themselves only.
     *
     * @param name in lower case, one of the {@link Vocabulary}'s contexts
     * @return null or a missing node where the context has no value
     */
    JsonNode context(String name);

    /**
     * Calls a function that the language itself does not have: {@code success}, {@code failure}, {@code always},
     * {@code cancelled}, {@code hashFiles}.
     *
     * @param function as the {@link Vocabulary} spells it
     * @param arguments as many as the vocabulary allows
     * @throws ExpressionException when it has no value
     */
    JsonNode call(String function, List<JsonNode> arguments);
}
