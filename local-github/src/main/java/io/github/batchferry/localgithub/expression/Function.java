package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.expression.Vocabulary.Arity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A function that an expression calls. */
sealed interface Function {
    /** How many arguments it takes. */
    Arity arity();

    /** The function of a name, without regard to case; the general ones cannot be replaced. */
    static Optional<Function> find(String name, Vocabulary vocabulary) {
        Optional<Function> general = Arrays.<Function>stream(GeneralFunction.values())
                .filter(function -> ((GeneralFunction) function).isCalled(name))
                .findFirst();
        return general.isPresent() ? general : vocabulary.function(name).map(OfScope::new);
    }

    /** A function that {@link Scope#call} answers. */
    record OfScope(String name, Arity arity) implements Function {
        private static final Set<String> OF_STATUS = Set.of("success", "failure", "always", "cancelled");

        OfScope(Vocabulary.Declared declared) {
            this(declared.name(), declared.arity());
        }

        /** Whether it asks how jobs or steps before went. */
        boolean asksForStatus() {
            return OF_STATUS.contains(name.toLowerCase(Locale.ROOT));
        }
    }

    /** A function of the language itself. */
    enum GeneralFunction implements Function {
        CASE("case", 3, Arity.MOST, CaseFunction::call),
        CONTAINS("contains", 2, 2, TextFunctions::contains),
        STARTS_WITH("startsWith", 2, 2, TextFunctions::startsWith),
        ENDS_WITH("endsWith", 2, 2, TextFunctions::endsWith),
        FORMAT("format", 1, Arity.MOST, FormatFunction::call),
        JOIN("join", 1, 2, TextFunctions::join),
        TO_JSON("toJSON", 1, 1, ToJsonFunction::call),
        FROM_JSON("fromJSON", 1, 1, FromJsonFunction::call);

        private final String name;
        private final Arity arity;
        private final Body body;

        GeneralFunction(String name, int least, int most, Body body) {
            this.name = name;
            this.arity = new Arity(least, most);
            this.body = body;
        }

        @Override
        public Arity arity() {
            return arity;
        }

        boolean isCalled(String spelling) {
            return name.equalsIgnoreCase(spelling);
        }

        Body body() {
            return body;
        }
    }

    /** What a function of the language does. */
    interface Body {
        JsonNode call(Arguments arguments);
    }
}
