package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class KnownAddressTest {
    private static final URI ONE = URI.create("https://one.example/v1");
    private static final URI OTHER = URI.create("https://other.example/v1");

    private final KnownAddress addresses = new KnownAddress();

    @Test
    void theAddressFollowsTheBaseAndThePath() {
        assertThat(addresses.of(ONE, "/v1/x")).hasToString("https://one.example/v1/x");
        assertThat(addresses.of(ONE, "/v1/y")).hasToString("https://one.example/v1/y");
        assertThat(addresses.of(OTHER, "/v1/y")).hasToString("https://other.example/v1/y");
        assertThat(addresses.of(OTHER, "/v1/y")).isSameAs(addresses.of(OTHER, "/v1/y"));
        assertThat(addresses.of(ONE, "/v1/x")).hasToString("https://one.example/v1/x");
    }

    @Test
    void whatWasRefusedIsRefusedAgain() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> addresses.of(URI.create("https://one.example"), "@other.example/x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
