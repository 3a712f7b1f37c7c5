package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batchferry works in other people's checkouts and homes, and leaves nothing there that they would not want. */
class TidyGuestTest {
    private static final Path CAPITALS = FerryProcess.PROJECT.resolve("examples/capitals.jsonl");

    @TempDir
    Path home;

    @TempDir
    Path checkout;

    @Test
    void nothingOfItsStateIsCommittedByAccident() throws Exception {
        git("init", "-q");
        FerryProcess.runWithInput(checkout, "sk-secret\n", "local-github", "secret", "set", "OPENAI_API_KEY")
                .expectExit(0);
        FerryProcess.run(checkout, "run", CAPITALS.toString()).expectExit(0);

        assertThat(git("status", "--porcelain", "--untracked-files=all")).isEmpty();
    }

    @Test
    void theHomeFolderStaysAsItWas() throws Exception {
        FerryProcess.start(
                        checkout,
                        Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", ""),
                        "",
                        "run",
                        CAPITALS.toString())
                .result()
                .expectExit(0);

        try (Stream<Path> entries = Files.list(home)) {
            assertThat(entries).isEmpty();
        }
    }

    private String git(String... arguments) throws Exception {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        Process git = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(git.getInputStream().readAllBytes());
        assertThat(git.waitFor()).as(out).isZero();
        return out;
    }
}
