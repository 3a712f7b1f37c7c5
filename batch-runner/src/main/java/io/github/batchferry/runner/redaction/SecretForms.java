package io.github.batchferry.runner.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one secret looks like when it is written as it is, in hexadecimal digits or inside of base64. */
final class SecretForms {
    /** Shortest piece of a secret that is hidden where pieces are. */
    private static final int FRAGMENT = 8;

    /** Pieces of shorter secrets would be ordinary words. */
    private static final int MIN_FRAGMENTED = 16;

    private static final String BASE64_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";

    private final Set<String> plain;
    private final Set<String> plainBytes;
    private final Set<String> encoded;
    private final Set<String> fragments;

    SecretForms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        this.plain = Set.copyOf(List.of(secret, secret.replace(' ', '+')));
        this.plainBytes = plain.stream().map(SecretForms::asBytes).collect(Collectors.toUnmodifiableSet());
        this.encoded = encoded(bytes);
        this.fragments = secret.length() < MIN_FRAGMENTED ? Set.of() : fragments(secret);
    }

    /** Every form as it would stand in a file, in which only escapes can hide it from a search. */
    Stream<String> literal() {
        return Stream.concat(plain.stream(), encoded.stream());
    }

    /** Marks the secret in a text, wherever a view of the text shows it. */
    void mark(TextView view, BitSet marked) {
        for (String form : view.inBytes() ? plainBytes : plain) {
            find(view, form, false, marked);
        }
        for (String form : encoded) {
            find(view, form, true, marked);
        }
    }

    /** Marks every piece of the secret of eight characters and more. */
    void markFragments(TextView view, BitSet marked) {
        for (int i = 0; !fragments.isEmpty() && i + FRAGMENT <= view.chars().length(); i++) {
            if (fragments.contains(view.chars().substring(i, i + FRAGMENT))) {
                view.mark(i, i + FRAGMENT, marked);
            }
        }
    }

    private static void find(TextView view, String form, boolean inRun, BitSet marked) {
        String text = view.chars();
        int next;
        for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, next)) {
            int from = at;
            int to = at + form.length();
            while (inRun && from > 0 && BASE64_RUN.indexOf(text.charAt(from - 1)) >= 0) {
                from--;
            }
            while (inRun && to < text.length() && BASE64_RUN.indexOf(text.charAt(to)) >= 0) {
                to++;
            }
            while (inRun && to < text.length() && text.charAt(to) == '=') {
                to++;
            }
            view.mark(from, to, marked);
            next = inRun ? to : at + 1;
        }
    }

    private static Set<String> encoded(byte[] secret) {
        Set<String> forms = new LinkedHashSet<>();
        for (int offset = 0; offset < 3; offset++) {
            forms.add(stable(Base64.getEncoder(), secret, offset));
            forms.add(stable(Base64.getUrlEncoder(), secret, offset));
        }
        String hex = IntStream.range(0, secret.length)
                .mapToObj(i -> String.format("%02x", secret[i]))
                .collect(Collectors.joining());
        forms.addAll(List.of(hex, hex.toUpperCase(Locale.ROOT)));
        return Set.copyOf(forms);
    }

    /** The digits of base64 (RFC 4648) that depend on the secret alone when some bytes stand before it. */
    private static String stable(Base64.Encoder encoder, byte[] secret, int offset) {
        byte[] shifted = new byte[offset + secret.length];
        System.arraycopy(secret, 0, shifted, offset, secret.length);
        int from = (8 * offset + 5) / 6;
        int to = 8 * shifted.length / 6;
        return encoder.encodeToString(shifted).substring(from, to);
    }

    private static Set<String> fragments(String secret) {
        Set<String> fragments = new HashSet<>();
        for (int i = 0; i + FRAGMENT <= secret.length(); i++) {
            fragments.add(secret.substring(i, i + FRAGMENT));
        }
        return Set.copyOf(fragments);
    }

    private static String asBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
