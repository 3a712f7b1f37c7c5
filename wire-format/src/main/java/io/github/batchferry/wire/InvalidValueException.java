package io.github.batchferry.wire;

/** A text is not what an id or another value type of the wire format accepts. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String value;

    /**
     * @param what the kind of value, such as {@code batch id}
     * @param value the text found
     * @param expected the form that was expected
     */
    public InvalidValueException(String what, String value, String expected) {
        super("invalid " + what + " `" + shown(value) + "`: expected " + expected);
        this.value = value;
    }

    /** The text found. */
    public String value() {
        return value;
    }

    private static String shown(String value) {
        String printable = value.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .limit(SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return value.codePointCount(0, value.length()) > SHOWN ? printable + "…" : printable;
    }
}
