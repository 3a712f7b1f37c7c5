package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest {
    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() {
        ferry = new CommandLineHarness(directory);
    }

    @Test
    void aSecretIsReadFromStandardInputAndNeverShown() throws Exception {
        Result set = ferry.withInput("sk-5f1c9e7a\n")
                .run("local-github", "secret", "set", "OPENAI_API_KEY")
                .expectExit(0);
        Result list = ferry.run("local-github", "secret", "list").expectExit(0);

        assertThat(list.out()).isEqualTo("OPENAI_API_KEY\n");
        assertThat(set.toString() + list).doesNotContain("sk-5f1c9e7a");
        Path state = directory.resolve(".ferry/local-github");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        try (var files = Files.walk(state)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith(".gitignore")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("\"sk-5f1c9e7a\""));
        }
    }

    @Test
    void aStateDirectoryCanBeNamed() {
        ferry.withInput("x")
                .run("local-github", "secret", "set", "A_KEY", "--state", "mine")
                .expectExit(0);

        assertThat(ferry.run("local-github", "secret", "list", "--state", "mine")
                        .out())
                .isEqualTo("A_KEY\n");
        assertThat(ferry.run("local-github", "secret", "list").out()).isEmpty();
    }

    @Test
    void anEnvironmentHasItsOwnWhateverItsNameLooksLike() {
        Result set = ferry.withInput("x")
                .run("local-github", "secret", "set", "A_KEY", "--env", "../Stage")
                .expectExit(0);

        assertThat(set.err())
                .isEqualTo("kept secret `A_KEY` for environment `../Stage` of the embedded runner repository\n");
        assertThat(ferry.run("local-github", "secret", "list", "--env", "../stage")
                        .out())
                .isEqualTo("A_KEY\n");
        assertThat(ferry.run("local-github", "secret", "list").out()).isEmpty();
        assertThat(ferry.run("local-github", "secret", "list", "--env", "other").out())
                .isEmpty();
        assertThat(ferry.run("local-github", "secret", "list", "--env", " ")
                        .expectExit(2)
                        .err())
                .isEqualTo("error: --env wants the name of an environment\n");
    }

    @Test
    void aSecretIsDeletedWhereItIs() {
        ferry.withInput("x").run("local-github", "secret", "set", "A_KEY").expectExit(0);
        ferry.withInput("x")
                .run("local-github", "secret", "set", "A_KEY", "--env", "stage")
                .expectExit(0);

        Result deleted = ferry.run("local-github", "secret", "delete", "A_KEY", "--env", "stage")
                .expectExit(0);

        assertThat(deleted.err())
                .isEqualTo("deleted secret `A_KEY` of environment `stage` of the embedded runner repository\n");
        assertThat(ferry.run("local-github", "secret", "list", "--env", "stage").out())
                .isEmpty();
        assertThat(ferry.run("local-github", "secret", "list").out()).isEqualTo("A_KEY\n");
        assertThat(ferry.run("local-github", "secret", "delete", "A_KEY", "--env", "stage")
                        .expectExit(2)
                        .err())
                .isEqualTo("error: no secret `A_KEY` of environment `stage` of the embedded runner repository;"
                        + " see `ferry local-github secret list`\n");
        ferry.run("local-github", "secret", "delete", "A_KEY").expectExit(0);
        assertThat(ferry.run("local-github", "secret", "list").out()).isEmpty();
    }

    @Test
    void whatGitHubWouldNotTakeIsRefused() {
        assertThat(ferry.withInput("x")
                        .run("local-github", "secret", "set", "my-key")
                        .expectExit(2)
                        .err())
                .startsWith("error: invalid secret name `my-key`: ");
        assertThat(ferry.withInput("\n")
                        .run("local-github", "secret", "set", "A_KEY")
                        .expectExit(2)
                        .err())
                .isEqualTo("error: the value of secret `A_KEY` is empty; give it on standard input\n");
    }
}
