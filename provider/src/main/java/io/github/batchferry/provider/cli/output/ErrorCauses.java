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

/** Why requests did not succeed: each cause once, with how many requests it hit, the most frequent first. */
public final class ErrorCauses {
    private static final int SHOWN = 3;

    /** Causes beyond these are counted together: a vendor may put something new into every message. */
    private static final int TOLD_APART = 1000;

    private static final String OTHERS = "other causes";

    private final Map<String, Long> counts = new LinkedHashMap<>();

    private ErrorCauses() {}

    /** The lines about a file of responses; none if all succeeded. */
    public static List<String> of(Path responses) throws IOException {
        ErrorCauses causes = new ErrorCauses();
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(responses))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                ResponseLineCodec.read(line.get().bytes()).error().ifPresent(causes::count);
            }
        } catch (MalformedJsonException e) {
            throw new IOException("cannot read " + responses + ": " + e.getMessage(), e);
        }
        return causes.lines();
    }

    private void count(ResponseLine.Failure failure) {
        String cause = Printable.line(failure.code() + ": " + failure.message());
        boolean told = counts.containsKey(cause) || counts.size() < TOLD_APART;
        counts.merge(told ? cause : OTHERS, 1L, Long::sum);
    }

    private List<String> lines() {
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
        return lines;
    }
}
