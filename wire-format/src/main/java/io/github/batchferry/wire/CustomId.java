package io.github.batchferry.wire;

/**
 * The caller's key of a request, unique in its batch and the only join between request and response. It is carried as
 * data and never becomes a path, a branch or a shell word.
 *
 * @param value 1 to 512 characters without control characters
 */
public record CustomId(String value) {
    private static final int MAX_LENGTH = 512;

    /** @throws InvalidValueException if the text is empty, too long or holds control characters */
    public CustomId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    "custom_id", value, "1 to " + MAX_LENGTH + " characters without control characters");
        }
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
