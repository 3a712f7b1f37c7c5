package io.github.batchferry.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code url} of a request line: a path such as {@code /v1/chat/completions} that is appended to a vendor's base URL.
 * Nothing in it can climb out of the base or carry a query, so that a batch never chooses where a key is sent.
 *
 * @param value the path, starting with one slash, at most 1,000 characters
 */
public record EndpointPath(String value) {
    private static final int LONGEST = 1000;
    private static final String MARKS = "._~:-";
    private static final Pattern MODEL = Pattern.compile(".*/(?:models/([^/:]+):[^/]+|deployments/([^/]+)/.+)");

    /** @throws InvalidValueException if the text is not such a path */
    public EndpointPath {
        if (value.length() > LONGEST || !isPath(value)) {
            throw new InvalidValueException("url", value, "a path such as /v1/chat/completions");
        }
    }

    /**
     * The model, where the path names one: {@code …/models/<model>:<verb>} (Gemini) or {@code …/deployments/<model>/…}
     * (Azure OpenAI).
     */
    public Optional<String> model() {
        if (!value.contains("/models/") && !value.contains("/deployments/")) {
            return Optional.empty();
        }
        Matcher form = MODEL.matcher(value);
        return form.matches() ? Optional.of(form.group(form.group(1) == null ? 2 : 1)) : Optional.empty();
    }

    /** Segments of at least one character, each after a slash. */
    private static boolean isPath(String path) {
        int from = 0;
        while (from < path.length()) {
            int to = path.indexOf('/', from + 1);
            int end = to < 0 ? path.length() : to;
            if (path.charAt(from) != '/' || !isSegment(path.substring(from + 1, end))) {
                return false;
            }
            from = end;
        }
        return !path.isEmpty();
    }

    private static boolean isSegment(String segment) {
        boolean climbs = segment.equals(".") || segment.equals("..");
        return !segment.isEmpty() && !climbs && segment.chars().allMatch(EndpointPath::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
