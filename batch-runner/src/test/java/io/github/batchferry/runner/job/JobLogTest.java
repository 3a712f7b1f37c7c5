package io.github.batchferry.runner.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.redaction.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JobLog log =
            new JobLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Redactor(List.of("first-secret")));

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void escapesErrorsAsWorkflowCommandsWantIt() {
        log.error("100% bad\r\n::add-mask::x");

        assertThat(printed()).isEqualTo("::error::100%25 bad%0D%0A::add-mask::x" + System.lineSeparator());
    }

    @Test
    void aLineIsNeverAWorkflowCommandNorTwoLines() {
        log.line("::set-output name=x::y");
        log.line("a\n::stop-commands::b");

        assertThat(printed().lines()).containsExactly("> ::set-output name=x::y", "a?::stop-commands::b");
    }

    /** GitHub's runner passes over white space in front of :: and finds ##[ anywhere in a line. */
    @Test
    void neitherIndentationNorTheOldFormMakesAWorkflowCommand() {
        log.line("  ::stop-commands::b");
        log.line("\u00a0::add-mask::e");
        log.line("requests:1: unknown model `##[add-mask]e`");

        assertThat(printed().lines())
                .containsExactly(
                        ">   ::stop-commands::b",
                        "> \u00a0::add-mask::e",
                        "requests:1: unknown model `## [add-mask]e`");
    }

    @Test
    void noLineOfALongErrorIsAWorkflowCommand() {
        log.error("x".repeat(4000) + "\n ::add-mask::e\n##[add-mask]e");

        assertThat(printed().lines().skip(1).limit(2)).containsExactly(">  ::add-mask::e", "## [add-mask]e");
    }

    @Test
    void makesGitHubHideEveryLineOfAMintedSecretBeforeItIsUsed() {
        log.mask("minted-100%\n  abc \n second-line\r\n");
        log.line("minted-100% and second-line");

        assertThat(printed().lines())
                .containsExactly("::add-mask::minted-100%25", "::add-mask::second-line", "*** and ***");
    }

    @Test
    void hidesPiecesOfASecretInErrors() {
        log.hide(List.of("ghs_0123456789abcdef"));
        log.error("bad token ghs_0123…89abcdef");

        assertThat(printed()).isEqualTo("::error::bad token ***…***" + System.lineSeparator());
    }

    @Test
    void hidesSecretsAlsoThoseLearntLater() {
        log.line("first-secret second-secret");
        log.hide(List.of("second-secret"));
        log.line("first-secret second-secret");
        log.error("first-secret second-secret");

        assertThat(printed().lines()).containsExactly("*** second-secret", "*** ***", "::error::*** ***");
    }

    @Test
    void cutsLongErrorsAfterPrintingThemInFull() {
        log.error("x".repeat(3999) + "\nlast line");

        assertThat(printed().lines()).hasSize(3).contains("last line");
        assertThat(printed().lines().reduce((a, b) -> b).orElseThrow())
                .endsWith("…")
                .hasSizeLessThan(4100);
    }
}
