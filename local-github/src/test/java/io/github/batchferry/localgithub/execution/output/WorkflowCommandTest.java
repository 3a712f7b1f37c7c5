package io.github.batchferry.localgithub.execution.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCommandTest {
    private static void assertCommand(String line, String name, Map<String, String> properties, String data) {
        assertThat(WorkflowCommand.parse(line)).contains(new WorkflowCommand(name, properties, data));
    }

    @Test
    void aLineHasANamePropertiesAndData() {
        assertCommand("::warning::w", "warning", Map.of(), "w");
        assertCommand("  ::Group::a::b", "group", Map.of(), "a::b");
        assertCommand(
                "::error file=a,line=1,,title=x=y,odd::",
                "error",
                Map.of("file", "a", "line", "1", "title", "x=y"),
                "");
        assertCommand("::set-output name=a b::c", "set-output", Map.of("name", "a b"), "c");
        assertThat(WorkflowCommand.parse("::error FILE=a::").orElseThrow().property("file"))
                .contains("a");
    }

    @Test
    void charactersThatMeanSomethingElseAreEscaped() {
        assertCommand("::debug::%25 %0A%0D %3A %250A", "debug", Map.of(), "% \n\r %3A %0A");
        assertCommand("::error title=a%2Cb%3Ac%0A::", "error", Map.of("title", "a,b:c\n"), "");
    }

    @Test
    void theOlderFormIsFoundAnywhereInALine() {
        assertCommand("then ##[warning]w %5D", "warning", Map.of(), "w ]");
        assertCommand("##[set-output name=a;other=b%3B]c", "set-output", Map.of("name", "a", "other", "b;"), "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", ":: ::x", "::error no end", "a ::error::x", "##[error", "error]", "##[]x"})
    void anythingElseIsNone(String line) {
        assertThat(WorkflowCommand.parse(line)).isEmpty();
    }
}
