package io.github.batchferry.wire;

import java.util.Arrays;
import java.util.List;
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
    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._~:-]+)+");
    private static final Pattern MODEL = Pattern.compile(".*/(?:models/([^/:]+):[^/]+|deployments/([^/]+)/.+)");

    /** @throws InvalidValueException if the text is not such a path */
    public EndpointPath {
        // the length comes first: the pattern's recursion grows with it
        if (value.length() > LONGEST || !FORM.matcher(value).matches() || climbs(value)) {
            throw new InvalidValueException("url", value, "a path such as /v1/chat/completions");
        }
    }

    /**
     * The model, where the path names one: {@code …/models/<model>:<verb>} (Gemini) or {@code …/deployments/<model>/…}
     * (Azure OpenAI).
     */
    public Optional<String> model() {
        Matcher form = MODEL.matcher(value);
        return form.matches() ? Optional.of(form.group(form.group(1) == null ? 2 : 1)) : Optional.empty();
    }

    private static boolean climbs(String path) {
        List<String> segments = Arrays.asList(path.split("/"));
        return segments.contains("..") || segments.contains(".");
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
