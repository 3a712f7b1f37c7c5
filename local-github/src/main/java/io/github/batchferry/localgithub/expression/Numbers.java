package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers of expressions: 64-bit floating point, written with at most 15 significant digits. */
final class Numbers {
    private static final int DIGITS = 15;
    private static final int LEAST_PLAIN_EXPONENT = -4;
    private static final double LARGEST_EXACT = 1L << 53;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x0*([0-9a-fA-F]{1,8})");
    private static final Pattern OCTAL = Pattern.compile("0o0*([0-7]{1,11})");
    private static final Pattern INFINITY = Pattern.compile("[+-]?Infinity");

    private Numbers() {}

    /** The number that a text stands for: 0 for a blank text, NaN for what is none. */
    static double parse(String text) {
        String trimmed = Spaces.trim(text);
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(trimmed).matches() || INFINITY.matcher(trimmed).matches()) {
            return Double.parseDouble(trimmed);
        }
        if (HEXADECIMAL.matcher(trimmed).matches()) {
            // 32 bits with a sign, as on GitHub: 0xffffffff is -1, and what is longer is no number
            return Integer.parseUnsignedInt(trimmed.substring(2), 16);
        }
        return OCTAL.matcher(trimmed).matches() ? octal(trimmed.substring(2)) : Double.NaN;
    }

    private static double octal(String digits) {
        long value = Long.parseLong(digits, 8);
        return value > 0xffffffffL ? Double.NaN : (int) value;
    }

    /** The text of a number: as .NET's {@code G15} writes it, minus zero without its sign. */
    static String text(double number) {
        if (number == 0) {
            return "0";
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded = new BigDecimal(number)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= LEAST_PLAIN_EXPONENT && exponent < DIGITS
                ? rounded.toPlainString()
                : scientific(rounded, exponent);
    }

    private static String scientific(BigDecimal number, int exponent) {
        String mantissa = number.movePointLeft(exponent).toPlainString();
        return String.format(Locale.ROOT, "%sE%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** A node of a number; whole numbers become whole nodes, so that they are also written to JSON as such. */
    static JsonNode node(double number) {
        if (number != Math.rint(number) || Math.abs(number) > LARGEST_EXACT) {
            return DoubleNode.valueOf(number);
        }
        long whole = (long) number;
        return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
    }
}
