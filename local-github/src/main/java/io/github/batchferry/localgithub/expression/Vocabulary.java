package io.github.batchferry.localgithub.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which contexts and functions exist where an expression stands, apart from the general functions such as
 * {@code contains}, which exist everywhere. Names are found without regard to case.
 *
 * @param contexts such as {@code needs}; kept in lower case
 * @param functions such as {@code hashFiles}; a number of arguments that differs from the usual one is given in GitHub's
 *     notation, such as {@code success(0,MAX)} for the {@code if} of a job
 */
public record Vocabulary(Set<String> contexts, Set<String> functions) {
    private static final Pattern NOTATION =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)(?:\\((\\d{1,3}),(\\d{1,3}|MAX)\\))?");
    private static final Arity NONE = new Arity(0, 0);
    private static final Arity ANY = new Arity(0, Arity.MOST);
    private static final Map<String, Arity> USUAL = Map.of(
            "success", NONE, "failure", NONE, "always", NONE, "cancelled", NONE, "hashfiles", new Arity(1, Arity.MOST));

    /** A vocabulary without contexts and without functions of its own: constants only. */
    public static final Vocabulary EMPTY = new Vocabulary(Set.of(), Set.of());

    /** How many arguments a function takes. */
    record Arity(int least, int most) {
        /** No function takes more on GitHub. */
        static final int MOST = 255;
    }

    /** A function as it was declared. */
    record Declared(String name, Arity arity) {}

    public Vocabulary {
        UnaryOperator<String> lowerCase = name -> name.toLowerCase(Locale.ROOT);
        contexts = contexts.stream().map(lowerCase).collect(Collectors.toUnmodifiableSet());
        functions = Set.copyOf(functions);
        functions.forEach(Vocabulary::declared);
    }

    boolean hasContext(String name) {
        return contexts.contains(name.toLowerCase(Locale.ROOT));
    }

    Optional<Declared> function(String name) {
        return functions.stream()
                .map(Vocabulary::declared)
                .filter(declared -> declared.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Declared declared(String notation) {
        Matcher matcher = NOTATION.matcher(notation);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read the function `" + notation
                    + "`: expected a name, or a name and numbers of arguments such as `success(0,MAX)`");
        }
        String name = matcher.group(1);
        if (matcher.group(2) == null) {
            return new Declared(name, USUAL.getOrDefault(name.toLowerCase(Locale.ROOT), ANY));
        }
        String most = matcher.group(3);
        return new Declared(
                name,
                new Arity(
                        Integer.parseInt(matcher.group(2)), most.equals("MAX") ? Arity.MOST : Integer.parseInt(most)));
    }
}
