package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.workflow.Condition;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Template;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the values of what a workflow file says, of the kind that its place wants. */
final class Evaluation {
    private static final BigDecimal MOST_MINUTES = BigDecimal.valueOf(1_000_000);

    private Evaluation() {}

    /** A text. */
    static String text(Template template, Contexts contexts) throws StepFailedException {
        return of(() -> template.evaluate(contexts));
    }

    /** Texts by their names. */
    static Map<String, String> texts(Map<String, Template> templates, Contexts contexts) throws StepFailedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, Template> each : templates.entrySet()) {
            values.put(each.getKey(), text(each.getValue(), contexts));
        }
        return values;
    }

    /** Whether a condition holds. */
    static boolean truth(Condition condition, Contexts contexts) throws StepFailedException {
        return of(() -> condition.holds(contexts));
    }

    /** {@code true} or {@code false}, and nothing else; false for nothing. */
    static boolean flag(String key, Template template, Contexts contexts) throws StepFailedException {
        String text = text(template, contexts);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            throw unexpected(key, text);
        }
        return text.equals("true");
    }

    /** A time given in minutes, with parts of them; empty for nothing and for none. */
    static Optional<Duration> minutes(String key, Template template, Contexts contexts) throws StepFailedException {
        String text = text(template, contexts).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            BigDecimal minutes = new BigDecimal(text).min(MOST_MINUTES);
            Duration time = Duration.ofMillis(
                    minutes.multiply(BigDecimal.valueOf(60_000)).longValue());
            return Optional.of(time).filter(some -> !some.isNegative() && !some.isZero());
        } catch (NumberFormatException e) {
            throw unexpected(key, text);
        }
    }

    private static StepFailedException unexpected(String key, String text) {
        return new StepFailedException("The template is not valid. `" + key + "`: Unexpected value '" + text + "'");
    }

    private static <T> T of(Supplier<T> evaluation) throws StepFailedException {
        try {
            return evaluation.get();
        } catch (ExpressionException | IllegalArgumentException | UncheckedIOException e) {
            throw new StepFailedException("The template is not valid. " + e.getMessage());
        }
    }
}
