package io.github.batchferry.runner.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com, /v1/responses, https://api.openai.com/v1/responses",
        "http://localhost:11434/v1, /v1/chat/completions, http://localhost:11434/v1/chat/completions",
        "https://openrouter.ai/api/v1, /v1/embeddings, https://openrouter.ai/api/v1/embeddings",
        "https://host/v1, /chat/completions, https://host/v1/chat/completions",
        "https://host/v1, /v10/x, https://host/v1/v10/x",
        "https://host/xv1, /v1/x, https://host/xv1/v1/x",
        "https://host, /chat/completions, https://host/chat/completions",
        "https://host/v1beta, /v1beta/models/m:generateContent, https://host/v1beta/models/m:generateContent",
        "https://host/v1beta, /v1/models/m:generateContent, https://host/v1beta/v1/models/m:generateContent"
    })
    void appendsThePathWithoutRepeatingTheVersion(URI base, String path, URI expected) {
        assertThat(EndpointAddress.of(base, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@evil.com/v1", ".evil.com/v1", ":8443/v1", "evil.com/v1"})
    void whatIsAppendedNeverChangesTheServer(String path) {
        assertThatThrownBy(() -> EndpointAddress.of(URI.create("https://host"), path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves the vendor's base_url `https://host`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host/x", "https://host:444/x", "https://other/x", "https://me@host/x"})
    void anotherServerIsTold(URI address) {
        assertThatThrownBy(() -> EndpointAddress.requireSameServer(URI.create("https://host/v1"), address))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
