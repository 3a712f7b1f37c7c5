package io.github.batchferry.wire;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The {@code url} of a request line: a path below a vendor's base URL, such as {@code /v1/chat/completions}. It cannot
 * name a host, climb out of the base or carry a query, so that a batch never chooses where a key is sent.
 *
 * @param value the path, starting with one slash
 */
public record EndpointPath(String value) {
    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._~:-]+)+");

    /** @throws InvalidValueException if the text is not such a path */
    public EndpointPath {
        if (!FORM.matcher(value).matches()
                || Arrays.asList(value.split("/")).contains("..")
                || Arrays.asList(value.split("/")).contains(".")) {
            throw new InvalidValueException("url", value, "a path such as /v1/chat/completions");
        }
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
