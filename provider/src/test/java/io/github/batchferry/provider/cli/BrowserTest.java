package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
    private static final String LINK = "http://127.0.0.1:4862/_open?key=secret";

    @TempDir
    Path home;

    private Path bin;
    private Browser browser;

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(home.resolve("bin"));
        browser = new Browser(Map.of("PATH", home.resolve("none") + ":" + bin + ":/bin"), home);
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theLinkIsHandedOverInAFileThatOnlyItsOwnerCanRead() throws IOException {
        program("xdg-open", "printf '%s\\n' \"$@\" > " + home.resolve("arguments"));

        assertThat(browser.show(LINK)).isEmpty();

        Path arguments = home.resolve("arguments");
        await().until(() -> Files.exists(arguments) && Files.size(arguments) > 0);
        Path page = Path.of(Files.readString(arguments).strip());
        assertThat(Files.readString(page)).contains("url=" + LINK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        browser.forget();
        assertThat(page).doesNotExist();
    }

    @Test
    void whereNothingOpensABrowserTheUserIsTold() {
        Browser without = new Browser(Map.of("PATH", bin.toString()), home);

        assertThat(without.show(LINK))
                .contains("cannot open a browser: found no xdg-open and no open on the PATH; open the link yourself");
    }

    @Test
    void aProgramThatCannotBeStartedIsNamed() throws IOException {
        program("xdg-open", "");
        Files.writeString(bin.resolve("xdg-open"), "#!/no/such/shell\n");

        assertThat(browser.show(LINK).orElseThrow())
                .startsWith("cannot open a browser: ")
                .contains("xdg-open")
                .endsWith("; open the link yourself");
    }
}
