package io.github.batchferry.runner.redaction;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The secrets that are known at a moment, ready to be looked for. Immutable. */
final class Secrets {
    /** Shorter values are no secrets: hiding them would ruin every text. */
    static final int MIN_LENGTH = 4;

    /** No secrets at all. */
    static final Secrets NONE = new Secrets(Set.of());

    /** Encodings laid over one another that are still taken apart. */
    private static final int DEPTH = 3;

    /** A view takes many bytes for each character: longer texts are looked at piece by piece. */
    private static final int PIECE = 1 << 18;

    /** Most characters that encodings make of one. */
    private static final int STRETCH = 16;

    private final Set<String> values;
    private final List<SecretForms> forms;
    private final QuickScan scan;
    private final int longest;

    private Secrets(Set<String> values) {
        this.values = Set.copyOf(values);
        this.longest = values.stream().mapToInt(String::length).max().orElse(0);
        this.forms = values.stream().map(SecretForms::new).toList();
        this.scan = new QuickScan(
                List.copyOf(values),
                forms.stream().flatMap(SecretForms::literal).toList());
    }

    /** These and one more; of a value with several lines, also each line. */
    Secrets and(String value) {
        Set<String> more = new LinkedHashSet<>(values);
        more.add(value.strip());
        value.lines().map(String::strip).forEach(more::add);
        more.removeIf(secret -> secret.length() < MIN_LENGTH);
        return more.equals(values) ? this : new Secrets(more);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether a text, as the bytes of UTF-8, is worth a closer look. */
    boolean mayBeIn(byte[] text) {
        return scan.suspicious(text);
    }

    /** The text without secrets; the very same object if there are none in it. */
    String clean(String text, boolean fragments) {
        if (!fragments && !mayBeIn(text.getBytes(StandardCharsets.UTF_8))) {
            return text;
        }
        BitSet marked = marked(text, fragments);
        if (marked.isEmpty()) {
            return text;
        }
        String clean = masked(text, marked);
        // what is left and the mask may happen to make up a secret
        return marked(clean, fragments).isEmpty() ? clean : Redactor.MASK;
    }

    private BitSet marked(String text, boolean fragments) {
        BitSet marked = new BitSet(text.length());
        int overlap = STRETCH * longest;
        int piece = Math.max(PIECE, 4 * overlap);
        for (int from = 0; from == 0 || from + overlap < text.length(); from += piece - overlap) {
            mark(TextView.of(text, from, Math.min(text.length(), from + piece)), DEPTH, fragments, marked);
        }
        return marked;
    }

    private void mark(TextView view, int depth, boolean fragments, BitSet marked) {
        for (SecretForms secret : forms) {
            secret.mark(view, marked);
            if (fragments) {
                secret.markFragments(view, marked);
            }
        }
        if (depth > 0) {
            Optional<TextView> unescaped = view.unescaped();
            unescaped.ifPresent(next -> mark(next, depth - 1, fragments, marked));
            view.percentDecoded().ifPresent(next -> mark(next, depth - 1, fragments, marked));
        }
    }

    private static String masked(String text, BitSet marked) {
        StringBuilder clean = new StringBuilder();
        int at = 0;
        for (int from = marked.nextSetBit(0); from >= 0; from = marked.nextSetBit(at)) {
            clean.append(text, at, from).append(Redactor.MASK);
            at = marked.nextClearBit(from);
        }
        return clean.append(text, at, text.length()).toString();
    }
}
