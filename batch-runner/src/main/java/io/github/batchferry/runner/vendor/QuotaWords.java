package io.github.batchferry.runner.vendor;

import java.util.regex.Pattern;

/**
 * Tells a limit that a minute's wait cures from an allowance that is used up for today or for good. Vendors answer 429 to
 * both, and say which in words only.
 */
public final class QuotaWords {
    private static final Pattern DAILY = Pattern.compile(
            "\\bper[ _-]?day\\b|\\bdaily (\\w+ )?(quota|limit|usage|allowance)|\\b(RPD|TPD)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MONEY = Pattern.compile(
            "credit balance is too low|billing hard limit|insufficient (balance|credits)|reached your specified API usage"
                    + " limits",
            Pattern.CASE_INSENSITIVE);

    private QuotaWords() {}

    /** Whether the words of a 429 speak of a day's allowance. */
    public static boolean meanDay(String message) {
        return DAILY.matcher(message).find();
    }

    /** Whether the words of a refusal of whatever status speak of money or of a limit that the account's owner set. */
    public static boolean meanMoney(String message) {
        return MONEY.matcher(message).find();
    }

    /** The verdict. */
    public static Verdict exhausted(String message) {
        return new Verdict.QuotaExhausted("the vendor's quota is used up: " + message);
    }
}
