package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GhLoginTest {
    @TempDir
    Path directory;

    @Test
    void takesWhatGhPrints() throws Exception {
        assertThat(login("echo \"gho_$4\"").token("github.com")).contains("gho_github.com");
    }

    @Test
    void passesTheEnvironmentItWasGivenAndNoOther() throws Exception {
        assertThat(login("echo \"${GH_CONFIG_DIR-}/${HOME-unset}\"").token("github.com"))
                .contains("/configured/unset");
    }

    @Test
    void aGhThatIsNotLoggedInHasNoToken() throws Exception {
        assertThat(login("echo 'no oauth token' >&2; exit 1").token("github.com"))
                .isEmpty();
        assertThat(login("true").token("github.com")).isEmpty();
    }

    @Test
    void doesNotWaitForAGhThatAsksForInputOrHangs() throws Exception {
        assertThat(login("read answer || echo end-of-input").token("github.com"))
                .contains("end-of-input");
        assertThat(login(Duration.ofMillis(200), "exec sleep 30").token("github.com"))
                .isEmpty();
    }

    @Test
    void withoutGhThereIsNoToken() {
        Map<String, String> environment =
                Map.of("GH_PATH", directory.resolve("missing").toString());
        assertThat(new GhLogin(environment).token("github.com")).isEmpty();
    }

    private GhLogin login(String script) throws Exception {
        return login(Duration.ofSeconds(20), script);
    }

    private GhLogin login(Duration patience, String script) throws Exception {
        Path gh = Files.writeString(directory.resolve("gh"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwx------"));
        return new GhLogin(
                Map.of("GH_PATH", gh.toString(), "PATH", "/usr/bin:/bin", "GH_CONFIG_DIR", "/configured"), patience);
    }
}
