package io.github.batchferry.localgithub.execution.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replaces secrets in text by {@code ***}. Thread-safe. */
public final class SecretMask {
    // Mutable state
    private volatile List<String> secrets = List.of(); // the longest first, so that none is masked only in part

    /** Masks a value from now on, each of its lines by itself; blank lines are left alone. */
    public synchronized void add(String value) {
        List<String> more = new ArrayList<>(secrets);
        value.lines().filter(line -> !line.isBlank() && !more.contains(line)).forEach(more::add);
        more.sort(Comparator.comparingInt(String::length).reversed());
        secrets = List.copyOf(more);
    }

    /** The text without secrets. */
    public String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
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
