package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.TargetsFile;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    private static final Path TEMPLATES = FerryProcess.PROJECT.resolve("templates");

    @Test
    void targetsYamlIsReadWithoutAProblem() throws Exception {
        assertThat(TargetsFile.parse("targets.yaml", Files.readString(TEMPLATES.resolve("targets.yaml")))
                        .targets())
                .extracting(Target::name)
                .containsExactly("cloud-eval-runner", "ollama");
    }

    @Test
    void vendorsYamlIsReadWithoutAProblem() throws Exception {
        assertThat(VendorsParser.parse("vendors.yaml", Files.readString(TEMPLATES.resolve("vendors.yaml")))
                        .vendors())
                .extracting(VendorConfig::name)
                .containsExactly("openai", "echo");
    }
}
