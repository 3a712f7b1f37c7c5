package io.github.batchferry.provider.cli.output;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why requests did not succeed: each cause once, with how many requests it hit, the most frequent first. */
public final class ErrorCauses {
    private static final int SHOWN = 3;

    /** Causes beyond these are counted together: a vendor may put something new into every message. */
    private static final int TOLD_APART = 1000;

    private static final String OTHERS = "other causes";

    /** What ends a batch for want of money, by the code of its responses, with what to do. */
    private static final Map<String, String> MONEY = Map.of(
            "insufficient_quota",
            "not answered because the vendor's quota is used up: raise it with the vendor, or wait until it is renewed, then"
                    + " send these requests again",
            "budget_exhausted",
            "not sent because the batch's budget is used up: send these requests again with another --max-cost");

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> money = new TreeMap<>();

    private ErrorCauses() {}

    /** No causes. */
    public static ErrorCauses none() {
        return new ErrorCauses();
    }

    /** The causes in a file of responses; none if all succeeded. */
    public static ErrorCauses of(Path responses) throws IOException {
        ErrorCauses causes = new ErrorCauses();
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(responses))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                ResponseLineCodec.read(line.get().bytes()).error().ifPresent(causes::count);
            }
        } catch (MalformedJsonException e) {
            throw new IOException("cannot read " + responses + ": " + e.getMessage(), e);
        }
        return causes;
    }

    /** Whether quota or budget kept any request from being answered. */
    public boolean outOfMoney() {
        return !money.isEmpty();
    }

    private void count(ResponseLine.Failure failure) {
        String cause = Printable.line(failure.code() + ": " + failure.message());
        boolean told = counts.containsKey(cause) || counts.size() < TOLD_APART;
        counts.merge(told ? cause : OTHERS, 1L, Long::sum);
        if (MONEY.containsKey(failure.code())) {
            money.merge(failure.code(), 1L, Long::sum);
        }
    }

    /** The lines about them. */
    public List<String> lines() {
        List<Map.Entry<String, Long>> causes = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Long> cause : causes.subList(0, Math.min(SHOWN, causes.size()))) {
            lines.add(Amounts.count(cause.getValue(), "request") + " without success: " + cause.getKey());
        }
        if (causes.size() > SHOWN) {
            long rest =
                    causes.stream().skip(SHOWN).mapToLong(Map.Entry::getValue).sum();
            lines.add(
                    Amounts.count(rest, "request") + " without success for other causes; see `error` of each response");
        }
        money.forEach((code, count) -> lines.add(Amounts.count(count, "request") + " " + MONEY.get(code)));
        return lines;
    }
}
