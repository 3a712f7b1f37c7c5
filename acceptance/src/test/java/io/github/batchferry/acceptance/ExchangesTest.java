package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.openapi.JudgedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangesTest {
    private static final String META = "{\"verifiable_password_authentication\":false}";

    @TempDir
    Path directory;

    private JudgedFolder folder;

    private static final class Talks {}

    @SaysNothing("for this test")
    private static final class Silent {}

    @BeforeEach
    void prepare() {
        folder = new JudgedFolder(directory.resolve("exchanges"));
    }

    private void record(String answer) throws IOException {
        Files.createDirectories(folder.path());
        String quoted = answer.replace("\"", "\\\"");
        String body = "\"body\":{\"text\":\"%s\",\"base64\":false,\"size\":1,\"cut\":false}";
        Files.writeString(
                folder.path().resolve("server.jsonl"),
                "{\"at\":\"2026-11-21T08:00:00Z\",\"millis\":1,\"method\":\"GET\",\"target\":\"/meta\",\"status\":200,"
                        + "\"request\":{\"headers\":{}," + body.formatted("") + "},"
                        + "\"response\":{\"headers\":{\"Content-Type\":\"application/json\"}," + body.formatted(quoted)
                        + "},\"answered\":true}\n");
    }

    @Test
    void whatGitHubWouldSayPasses() throws Exception {
        record(META);

        Exchanges.judge(folder, Talks.class);

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void whatGitHubWouldNotSayFailsWithAllOfIt() throws Exception {
        record("{}");

        assertThatThrownBy(() -> Exchanges.judge(folder, Talks.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /meta -> 200")
                .hasMessageContaining("verifiable_password_authentication");
        assertThat(folder.path()).isDirectoryContaining("glob:**.jsonl");
    }

    @Test
    void aClassThatWantedToRecordAndDidNotFails() throws Exception {
        Files.createDirectories(folder.path());

        assertThatThrownBy(() -> Exchanges.judge(folder, Talks.class))
                .hasMessage("Talks started ferry and no exchange was recorded, so none was checked");
    }

    @Test
    void aSilentClassIsSilent() throws Exception {
        Files.createDirectories(folder.path());
        Exchanges.judge(folder, Silent.class);
        record(META);

        assertThatThrownBy(() -> Exchanges.judge(folder, Silent.class))
                .hasMessage("Silent is to say nothing to a GitHub and had 1 exchanges");
    }

    @Test
    void noTestStartsAGitHubThatIsNotRecorded() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveSimpleName(Embedded.class.getSimpleName())
                .should()
                .callMethod(LocalGitHub.class, "at", Path.class)
                .check(new ClassFileImporter().importPackages("io.github.batchferry.acceptance"));
    }
}
