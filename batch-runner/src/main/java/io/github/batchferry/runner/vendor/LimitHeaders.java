package io.github.batchferry.runner.vendor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Collects a vendor's meters from the headers of one answer. Values that make no sense count as absent. */
public final class LimitHeaders {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    private final VendorAnswer answer;
    private final Function<String, Optional<Duration>> time;
    private final List<LimitReport.Meter> meters = new ArrayList<>();

    /** @param time reads the header that says when a meter is full again */
    public LimitHeaders(VendorAnswer answer, Function<String, Optional<Duration>> time) {
        this.answer = answer;
        this.time = time;
    }

    /**
     * Adds a meter if one of its headers is there.
     *
     * @param window time in which the limit may be used
     */
    public LimitHeaders meter(LimitReport.Kind kind, String limit, String remaining, String reset, Duration window) {
        LimitReport.Meter meter = new LimitReport.Meter(
                kind, number(limit), number(remaining), answer.header(reset).flatMap(time), window);
        if (meter.limit().isPresent() || meter.remaining().isPresent()) {
            meters.add(meter);
        }
        return this;
    }

    /** Whether a meter of a kind was found. */
    public boolean has(LimitReport.Kind kind) {
        return meters.stream().anyMatch(meter -> meter.kind() == kind);
    }

    /** What was found. */
    public LimitReport report() {
        return meters.isEmpty() ? LimitReport.NONE : new LimitReport(meters);
    }

    private OptionalLong number(String header) {
        Optional<String> text = answer.header(header).map(String::strip);
        return text.isPresent() && NUMBER.matcher(text.get()).matches()
                ? OptionalLong.of(Long.parseLong(text.get()))
                : OptionalLong.empty();
    }
}
