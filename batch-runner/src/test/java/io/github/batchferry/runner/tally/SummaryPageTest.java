package io.github.batchferry.runner.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryPageTest {
    private final Tally tally = new Tally();

    private void add(String customId, Optional<ResponseLine.Failure> error) {
        tally.add(new ResponseLine(
                "batch_req_1",
                new CustomId(customId),
                Optional.empty(),
                error,
                error.isPresent() ? ResponseStatus.ERRORED : ResponseStatus.SUCCEEDED,
                Optional.empty(),
                Optional.of(new TokenUsage(10, 2, 0, 0, 0)),
                Optional.empty(),
                5,
                1,
                "cloud",
                "m"));
    }

    private String page(Duration duration) {
        return SummaryPage.of(new BatchId("20260115-093000-k3p7qa"), 100, tally, duration);
    }

    @Test
    void showsCountsTokensAndDuration() {
        add("a", Optional.empty());

        assertThat(page(Duration.ofMillis(1234))).isEqualTo("""
                        ### Batch `20260115-093000-k3p7qa`

                        | | |
                        |---|---|
                        | answered | 1 of 100 |
                        | succeeded | 1 |
                        | errored | 0 |
                        | expired | 0 |
                        | cancelled | 0 |
                        | tokens | 10 in, 2 out |
                        | cost | unknown for 1 response |
                        | duration | 1.2 s |

                        """);
        assertThat(page(Duration.ofSeconds(3723))).contains("| duration | 62 min 3 s |");
    }

    @Test
    void whatBatchesAndVendorsWroteIsShownAndDoesNothingElse() {
        add("<img src=x>|[a](b)@octo", Optional.of(new ResponseLine.Failure("http_error", "`x`\n# y")));

        assertThat(page(Duration.ZERO))
                .contains("| &#60;img src&#61;x&#62;&#124;&#91;a&#93;&#40;b&#41;&#64;octo |")
                .contains("| http&#95;error&#58; &#96;x&#96; &#35; y |");
    }

    @Test
    void staysFarBelowGitHubsLimitHoweverMuchFails() {
        for (int i = 0; i < 1000; i++) {
            add("|".repeat(500) + i, Optional.of(new ResponseLine.Failure("http_error", "|".repeat(5000))));
        }

        assertThat(page(Duration.ZERO))
                .contains("First 20 of 1000 without success")
                .hasSizeLessThan(100_000);
    }
}
