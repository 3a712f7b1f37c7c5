package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusVerdictsTest {
    @ParameterizedTest
    @CsvSource({
        "200, Success",
        "201, Success",
        "429, SlowDown",
        "408, TryAgain",
        "409, TryAgain",
        "500, TryAgain",
        "502, TryAgain",
        "503, TryAgain",
        "504, TryAgain",
        "529, TryAgain",
        "307, Refused",
        "400, Refused",
        "401, Refused",
        "403, Refused",
        "404, Refused",
        "413, Refused",
        "422, Refused"
    })
    void statusesOnWhichVendorsAgree(int status, String verdict) {
        assertThat(StatusVerdicts.of(VendorAnswer.of(status, ""), "").getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "500, false, Refused",
        "409, false, Refused",
        "429, false, Refused",
        "529, true, TryAgain",
        "400, true, TryAgain",
        "404, true, TryAgain",
        "400, false, Refused",
        "401, true, Refused",
        "403, true, Refused",
        "307, true, Refused",
        "200, false, Success",
        "429, true, SlowDown",
        "500, maybe, TryAgain"
    })
    void theVendorsOwnWordOverrulesThem(int status, String shouldRetry, String verdict) {
        VendorAnswer answer = TestCalls.answer(status, "", "x-should-retry", shouldRetry);

        assertThat(StatusVerdicts.of(answer, "").getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void aRateLimitThatNamesItsEndIsWaitedForWhateverElseItSays() {
        VendorAnswer answer = TestCalls.answer(429, "", "x-should-retry", "false", "retry-after", "3");

        assertThat(StatusVerdicts.of(answer, ""))
                .isEqualTo(new Verdict.SlowDown(
                        "the vendor answered 429", Optional.of(new RetryHint.In(Duration.ofSeconds(3)))));
    }
}
