package io.github.batchferry.localgithub.artifacts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a:b", "a\nb"})
    void aNameThatCouldLeadElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> ArtifactName.check(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artifact name");
    }
}
