package io.github.batchferry.localgithub.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of this repository itself. */
class OwnWorkflowsTest {
    private static final Path ROOT = Path.of("..");

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("runner-workflow/workflows"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatIsInstalledCanBeDispatched(Path file) throws IOException, InvalidWorkflowException {
        WorkflowFile workflow = WorkflowFile.read(file.getFileName().toString(), Files.readAllBytes(file));

        assertThat(workflow.hasDispatchTrigger()).isTrue();
        assertThat(workflow.workflow().jobs()).isNotEmpty();
    }

    @Test
    void continuousIntegrationIsRefusedForNothingButItsTriggers() throws IOException, InvalidWorkflowException {
        byte[] content = Files.readAllBytes(ROOT.resolve(".github/workflows/ci.yml"));
        WorkflowFile file = WorkflowFile.read("ci.yml", content);

        List<String> problems = catchThrowableOfType(InvalidWorkflowException.class, file::workflow)
                .problems();

        assertThat(problems)
                .singleElement()
                .asString()
                .endsWith("`on` lacks `workflow_dispatch` or `workflow_call`, the triggers that the embedded GitHub"
                        + " supports");
    }
}
