package io.github.batchferry.localgithub.exchanges;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes out of a log what would let its reader act for somebody else. */
final class Redaction {
    private static final String HIDDEN = "***";
    private static final List<String> SECRET_HEADERS = List.of("cookie", "token", "secret", "signature", "password");

    /** GitHub's tokens by their prefixes, signed tokens by their three parts. */
    private static final Pattern TOKEN =
            Pattern.compile("(?:gh[a-z]_[\\w.-]{8,}|github_pat_\\w{8,})" + "|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}");

    /** Values that are secret whatever they look like, by their key. */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(\"(?:token|password|client_secret|webhook_secret|pem)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"");

    private Redaction() {}

    static String header(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("authorization")) {
            return value.strip().replaceFirst("(?s)\\s.*", "");
        }
        return SECRET_HEADERS.stream().anyMatch(lower::contains) ? HIDDEN : text(value);
    }

    static String text(String text) {
        return SECRET_VALUE.matcher(TOKEN.matcher(text).replaceAll(HIDDEN)).replaceAll("$1\"" + HIDDEN + "\"");
    }

    static Exchange.Content content(Exchange.Content content) {
        String redacted = content.base64() ? bytes(content.text()) : text(content.text());
        return new Exchange.Content(redacted, content.base64(), content.size(), content.cut());
    }

    private static String bytes(String base64) {
        String bytes = new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        return Base64.getEncoder().encodeToString(text(bytes).getBytes(StandardCharsets.ISO_8859_1));
    }
}
