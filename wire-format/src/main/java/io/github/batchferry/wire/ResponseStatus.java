package io.github.batchferry.wire;

import java.util.Locale;

/** How a request ended. There are no others, and every request ends in exactly one. */
public enum ResponseStatus {
    /** The vendor answered with a 2xx. */
    SUCCEEDED,
    /** The vendor refused, or could not be reached within the allowed attempts. */
    ERRORED,
    /** The batch ended before the request was asked. */
    EXPIRED,
    /** The batch was cancelled before the request was asked. */
    CANCELLED;

    /** The wire form, lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidValueException if the text is no status */
    public static ResponseStatus parse(String text) {
        for (ResponseStatus status : values()) {
            if (status.toString().equals(text)) {
                return status;
            }
        }
        throw new InvalidValueException("status", text, "succeeded, errored, expired or cancelled");
    }
}
