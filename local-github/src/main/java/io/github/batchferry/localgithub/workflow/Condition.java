package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.expression.Expression;
import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.expression.Vocabulary;
import java.util.List;

/**
 * The value of an {@code if}, which needs no <code>${{ }}</code>. Without one of the functions that ask for the status so
 * far, {@code success()} must hold too, as on GitHub.
 *
 * @param test the expression
 * @param asksForStatus whether it calls {@code success()}, {@code failure()}, {@code cancelled()} or {@code always()}
 */
public record Condition(Template test, boolean asksForStatus) {
    /**
     * Reads a condition.
     *
     * @param text the expression, without <code>${{ }}</code>; nothing stands for {@code success()}
     * @param vocabulary what it may use
     */
    static Condition parse(String text, Vocabulary vocabulary) throws ExpressionSyntaxException {
        Expression test = Expression.parse(text.isBlank() ? "success()" : text.strip(), vocabulary);
        return new Condition(new Template(List.of(new Template.Evaluated(test))), test.asksForStatus());
    }

    /**
     * Whether it holds.
     *
     * @param contexts what it sees, with the functions of the status
     * @throws io.github.batchferry.localgithub.expression.ExpressionException when it has no value
     */
    public boolean holds(Contexts contexts) {
        return (asksForStatus || Values.truthy(contexts.call("success", List.of())))
                && Values.truthy(test.value(contexts));
    }
}
