package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.targets.TargetsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is a promise: what it shows is what happens. */
class ReadmeTest {
    @TempDir
    Path home;

    @Test
    void theFirstCommandPrintsWhatTheReadmeShows() throws Exception {
        String shown = block("console", 0);
        String command = "$ ./ferry run examples/capitals.jsonl\n";
        assertThat(shown).startsWith(command);
        Files.createDirectory(home.resolve("examples"));
        Files.copy(FerryProcess.PROJECT.resolve("examples/capitals.jsonl"), home.resolve("examples/capitals.jsonl"));

        String printed = FerryProcess.run(home, "run", "examples/capitals.jsonl")
                .expectExit(0)
                .out();

        assertThat(withoutWhatVaries(printed)).isEqualTo(withoutWhatVaries(shown.substring(command.length())));
    }

    @Test
    void theTestCommandIsTheOneThatCiCalls() throws Exception {
        String command = block("console", 1).strip().substring("$ ".length());

        assertThat(command).isEqualTo("mvn verify");
        assertThat(Files.readAllLines(FerryProcess.PROJECT.resolve(".ci/run"))).contains(command);
    }

    @Test
    void theHelpIsThatOfTheProgram() throws Exception {
        assertThat(block("", 1).strip())
                .isEqualTo(FerryProcess.run(home, "--help").expectExit(0).out().strip());
    }

    @Test
    void theTargetsFilesAreReadWithoutAProblem() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(TargetsFile.parse("README.md", block("yaml", i)).targets())
                    .hasSize(1);
        }
    }

    @Test
    void theRequestsAreValid() throws Exception {
        List<String> lines = block("json", 0).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("gpt-5-mini", "echo-1").replace("openai/", "echo/");
            FerryProcess.runWithInput(home, line + "\n", "validate", "-").expectExit(0);
        }
    }

    @Test
    void theLauncherStartsTheProgramFromAnywhereAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("ferry"), FerryProcess.PROJECT.resolve("ferry"));
        Process process = new ProcessBuilder(link.toString(), "--version")
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        assertThat(out).startsWith("ferry ");
    }

    /** Ids, times, ports and commits differ from run to run, everything else must not. */
    private static String withoutWhatVaries(String text) {
        return text.replaceAll("[0-9]{8}-[0-9]{6}-[a-z2-7]{6}", "<batch>")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "<server>")
                .replaceAll("[0-9]+\\.[0-9] s", "<time>")
                .replaceAll("at [0-9a-f]{12}", "at <commit>")
                .strip();
    }

    /** A fenced block of the README by its language and its number among those of that language. */
    private static String block(String language, int number) throws Exception {
        List<String> blocks = new ArrayList<>();
        StringBuilder open = null;
        boolean wanted = false;
        for (String line : Files.readAllLines(FerryProcess.PROJECT.resolve("README.md"))) {
            boolean fence = line.strip().startsWith("```");
            if (fence && open == null) {
                open = new StringBuilder();
                wanted = line.strip().equals("```" + language);
            } else if (fence) {
                if (wanted) {
                    blocks.add(open.toString());
                }
                open = null;
            } else if (open != null) {
                open.append(line).append('\n');
            }
        }
        return blocks.get(number);
    }
}
