package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void everyOptionArrives() {
        MockOptions options = Arguments.read(
                "--latency",
                "200",
                "--rpm",
                "600",
                "--tpm",
                "9000",
                "--bucket",
                "1",
                "--announce",
                "--hint",
                "seconds",
                "--cap",
                "64",
                "--fault",
                "server_error",
                "0.25",
                "--seed",
                "9",
                "--prices",
                "1",
                "2",
                "3",
                "--words",
                "5",
                "--key-field",
                "user");

        assertThat(options)
                .isEqualTo(MockOptions.standard()
                        .withLatency(Duration.ofMillis(200))
                        .withLimits(
                                new RateLimits(600, 9000, Duration.ofSeconds(1), true, RateLimits.RetryHint.SECONDS))
                        .withConcurrencyCap(64)
                        .withFault(Fault.SERVER_ERROR, 0.25)
                        .withSeed(9)
                        .withPrices(new Prices(1, 2, 3))
                        .withAnswerWords(5)
                        .withKeyField("user"));
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Arguments.read("--speed", "1")).hasMessage("unknown option --speed");
        assertThatThrownBy(() -> Arguments.read("--cap")).hasMessage("--cap needs a value");
        assertThatThrownBy(() -> Arguments.read("--every-fault", "0.2")).hasMessageContaining("exceed 1");
    }
}
