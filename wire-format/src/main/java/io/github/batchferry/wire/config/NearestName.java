package io.github.batchferry.wire.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user probably meant by a misspelt name, by Levenshtein distance. */
public final class NearestName {
    private NearestName() {}

    /** The closest of some names if it is close enough to be meant: at most a third of its length away, at least 1. */
    public static Optional<String> of(String misspelt, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(misspelt, name)))
                .filter(name -> distance(misspelt, name) <= Math.max(1, name.length() / 3));
    }

    /** {@code "; did you mean `x`?"} where a name is close enough, else nothing. */
    public static String suggestion(String misspelt, Collection<String> names) {
        return of(misspelt, names).map(name -> "; did you mean `" + name + "`?").orElse("");
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
