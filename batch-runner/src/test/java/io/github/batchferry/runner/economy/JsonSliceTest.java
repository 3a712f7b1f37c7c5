package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonSliceTest {
    private static final String LINE =
            "{\"a\":{\"body\":1},\"response\":{\"x\":[{\"body\":2}],\"body\":{\"n\": 1e2,\"s\":\"\\u00e9 é\"} },\"n\":10}";

    @Test
    void aValueIsTakenOutByteForByte() throws Exception {
        assertThat(slice("response", "body")).contains("{\"n\": 1e2,\"s\":\"\\u00e9 é\"}");
        assertThat(slice("response", "body", "n")).contains("1e2");
        assertThat(slice("n")).contains("10");
    }

    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        assertThat(slice("response", "none")).isEmpty();
        assertThat(slice("n", "none")).isEmpty();
    }

    private static Optional<String> slice(String... path) throws Exception {
        return JsonSlice.of(LINE.getBytes(StandardCharsets.UTF_8), path).map(Object::toString);
    }
}
