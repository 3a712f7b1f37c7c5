package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/retries.md says of statuses is what {@link StatusVerdicts} does. */
class RetriesDocTest {
    private static final Path DOC = Path.of("..", "docs", "retries.md");
    private static final Pattern ROW = Pattern.compile("\\| ([0-9, ]+) \\| ([a-z ]+) \\|.*");
    private static final Map<String, Class<? extends Verdict>> MEANINGS = Map.of(
            "success", Verdict.Success.class,
            "slow down", Verdict.SlowDown.class,
            "broken", Verdict.TryAgain.class,
            "refused", Verdict.Refused.class);

    @Test
    void everyStatusOfTheTableMeansWhatItSays() throws IOException {
        List<Matcher> rows = Files.readAllLines(DOC).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();

        assertThat(rows).extracting(row -> row.group(2)).containsExactlyInAnyOrderElementsOf(MEANINGS.keySet());
        for (Matcher row : rows) {
            for (String status : row.group(1).split(", ")) {
                assertThat(StatusVerdicts.of(VendorAnswer.of(Integer.parseInt(status), "{}"), ""))
                        .as(status)
                        .isInstanceOf(MEANINGS.get(row.group(2)));
            }
        }
    }
}
