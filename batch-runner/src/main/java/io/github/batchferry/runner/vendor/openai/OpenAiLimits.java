package io.github.batchferry.runner.vendor.openai;

import io.github.batchferry.runner.vendor.HeaderDuration;
import io.github.batchferry.runner.vendor.LimitHeaders;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.VendorAnswer;
import java.time.Duration;

/**
 * The limits in {@code x-ratelimit-{limit,remaining,reset}-{requests,tokens}}, counted in a minute, and in Together's
 * {@code x-ratelimit-{limit,remaining,reset}}, counted in a second.
 */
public final class OpenAiLimits {
    private static final String PREFIX = "x-ratelimit-";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private OpenAiLimits() {}

    /** The limits that an answer tells; none where the headers are absent. */
    public static LimitReport of(VendorAnswer answer) {
        LimitHeaders headers = new LimitHeaders(answer, HeaderDuration::parse);
        meter(headers, LimitReport.Kind.REQUESTS, "-requests", MINUTE);
        meter(headers, LimitReport.Kind.TOKENS, "-tokens", MINUTE);
        boolean none = headers.report().equals(LimitReport.NONE);
        if (none && resetIsNear(answer)) {
            meter(headers, LimitReport.Kind.REQUESTS, "", SECOND);
        }
        return headers.report();
    }

    private static void meter(LimitHeaders headers, LimitReport.Kind kind, String suffix, Duration window) {
        headers.meter(
                kind, PREFIX + "limit" + suffix, PREFIX + "remaining" + suffix, PREFIX + "reset" + suffix, window);
    }

    /** OpenRouter names points in time under the same header, for limits of a minute or a day: those are not read. */
    private static boolean resetIsNear(VendorAnswer answer) {
        return answer.header(PREFIX + "reset")
                .map(text -> HeaderDuration.parse(text)
                        .filter(reset -> reset.compareTo(MINUTE) <= 0)
                        .isPresent())
                .orElse(true);
    }
}
