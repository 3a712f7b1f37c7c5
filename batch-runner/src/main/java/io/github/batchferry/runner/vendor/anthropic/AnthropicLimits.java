package io.github.batchferry.runner.vendor.anthropic;

import io.github.batchferry.runner.vendor.HeaderDuration;
import io.github.batchferry.runner.vendor.LimitHeaders;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.VendorAnswer;
import java.time.Duration;
import java.time.Instant;

/**
 * The limits in {@code anthropic-ratelimit-{requests,input-tokens,output-tokens,tokens}-{limit,remaining,reset}}, counted in a
 * minute; resets are points in time. {@code tokens} is the sum of the two others and is read only where they are absent.
 */
final class AnthropicLimits {
    private static final String PREFIX = "anthropic-ratelimit-";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private AnthropicLimits() {}

    static LimitReport of(VendorAnswer answer, Instant now) {
        LimitHeaders headers = new LimitHeaders(answer, text -> HeaderDuration.until(text, now));
        meter(headers, LimitReport.Kind.REQUESTS, "requests");
        meter(headers, LimitReport.Kind.INPUT_TOKENS, "input-tokens");
        meter(headers, LimitReport.Kind.OUTPUT_TOKENS, "output-tokens");
        if (!headers.has(LimitReport.Kind.INPUT_TOKENS) && !headers.has(LimitReport.Kind.OUTPUT_TOKENS)) {
            meter(headers, LimitReport.Kind.TOKENS, "tokens");
        }
        return headers.report();
    }

    private static void meter(LimitHeaders headers, LimitReport.Kind kind, String name) {
        String stem = PREFIX + name;
        headers.meter(kind, stem + "-limit", stem + "-remaining", stem + "-reset", MINUTE);
    }
}
