package io.github.batchferry.provider.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://api.github.com", "http://localhost:8080/v1", "http://[::1]:80", "https://h/a//"})
    void takesWebAddresses(String text) {
        assertThat(WebAddress.parse(text)).contains(URI.create(text.replaceAll("/+$", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", "ftp://host", "https://", "https://u@h", "https://h?q", "https://h#f", "http://a b"})
    void refusesEverythingElse(String text) {
        assertThat(WebAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://LOCALHOST:1",
                "http://127.8.0.1",
                "http://[::1]",
                "http://a.localhost"
            })
    void knowsThisMachine(String text) {
        assertThat(WebAddress.isLoopback(URI.create(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://10.0.0.1",
                "http://0.0.0.0"
            })
    void isNotFooledByNamesThatLookLikeIt(String text) {
        assertThat(WebAddress.isLoopback(URI.create(text))).isFalse();
    }
}
