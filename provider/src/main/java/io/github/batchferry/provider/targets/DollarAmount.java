package io.github.batchferry.provider.targets;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts of money as people write them in a targets file and on the command line. */
public final class DollarAmount {
    /** What is expected, for messages. */
    public static final String EXPECTED = "an amount in US dollars above 0, such as 2.50";

    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private DollarAmount() {}

    /** The amount; empty if the text is none or not above zero. */
    public static Optional<BigDecimal> parse(String text) {
        return Optional.of(text)
                .filter(amount -> FORM.matcher(amount).matches())
                .map(BigDecimal::new)
                .filter(amount -> amount.signum() > 0);
    }
}
