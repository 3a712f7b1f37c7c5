package io.github.batchferry.localgithub.execution.output;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces secrets in text by {@code ***}. Thread-safe. */
public final class SecretMask {
    // Mutable state
    private volatile List<String> secrets = List.of(); // the longest first, so that none is masked only in part

    /** Masks a value from now on, each of its lines by itself; blank lines are left alone. */
    public synchronized void add(String value) {
        List<String> more = new ArrayList<>(secrets);
        value.lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> Stream.of(line, escaped(line)))
                .filter(line -> !more.contains(line))
                .forEach(more::add);
        more.sort(Comparator.comparingInt(String::length).reversed());
        secrets = List.copyOf(more);
    }

    /** As it stands inside a text of JSON, which is how {@code toJSON(secrets)} shows it. */
    private static String escaped(String line) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(line));
    }

    /** The text without secrets; where two overlap, nothing is left of either. */
    public String apply(String text) {
        BitSet hidden = new BitSet();
        for (String secret : secrets) {
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
                hidden.set(at, at + secret.length());
            }
        }
        return hidden.isEmpty() ? text : without(text, hidden);
    }

    private static String without(String text, BitSet hidden) {
        StringBuilder masked = new StringBuilder();
        int at = 0;
        for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(at)) {
            masked.append(text, at, from).append("***");
            at = hidden.nextClearBit(from);
        }
        return masked.append(text, at, text.length()).toString();
    }

    /**
     * Where a text that goes on can be cut without cutting through a secret, nor through one whose rest is still to
     * come; 0 if nowhere.
     */
    int safeCut(CharSequence text) {
        String all = text.toString();
        int longest = secrets.isEmpty() ? 1 : secrets.get(0).length();
        int cut = Math.max(0, all.length() - longest + 1);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (String secret : secrets) {
                int start = all.lastIndexOf(secret, cut - 1);
                if (start >= 0 && start < cut && start + secret.length() > cut) {
                    cut = start;
                    moved = true;
                }
            }
        }
        return cut;
    }
}
