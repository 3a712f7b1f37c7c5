package io.github.batchferry.provider.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import org.junit.jupiter.api.Test;

class VendorKeysTest {
    @Test
    void areWhatVendorsNameOnceEach() throws Exception {
        byte[] vendors = """
                vendors:
                  - {name: b, kind: openai, base_url: "https://b.example.com", key_env: B_KEY, models: ["*"]}
                  - {name: a, kind: openai, base_url: "https://a.example.com", key_env: A_KEY, models: ["*"]}
                  - {name: c, kind: openai, base_url: "https://c.example.com", key_env: B_KEY, models: ["*"]}
                  - {name: echo, kind: echo, models: ["*"]}
                """.getBytes(UTF_8);

        assertThat(VendorKeys.of("vendors.yaml", vendors)).containsExactly("A_KEY", "B_KEY");
        assertThat(VendorKeys.of("vendors.yaml", RunnerRepositoryFiles.vendors()))
                .containsExactly("OPENAI_API_KEY");
    }

    @Test
    void mistakesOfTheFileAreNamedWithTheirPlace() {
        assertThatThrownBy(() -> VendorKeys.of("v.yaml", "vendors:\n  - name: a\n".getBytes(UTF_8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("v.yaml");
    }
}
