package io.github.batchferry.localgithub.execution.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @TempDir
    Path folder;

    @BeforeEach
    void create() throws IOException {
        for (String file : List.of("a.txt", "b.md", "x/a.txt", "x/y/a.txt", "x/y/b.txt", "z/a[1].txt", ".h/a.txt")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
    }

    private Glob glob(String patterns) {
        return Glob.of(patterns, folder, folder.resolve("x"), true, true);
    }

    private List<String> found(Glob glob) throws IOException {
        return glob.files(() -> {}).stream()
                .map(path -> folder.relativize(path).toString())
                .toList();
    }

    private List<String> found(String patterns) throws IOException {
        return found(glob(patterns.replace('|', '\n')));
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, a.txt",
        "./a.txt, a.txt",
        "*.txt, a.txt",
        "?.*, a.txt b.md",
        "x, x/a.txt x/y/a.txt x/y/b.txt",
        "x/, x/a.txt x/y/a.txt x/y/b.txt",
        "x/*, x/a.txt x/y/a.txt x/y/b.txt",
        "x/**, x/a.txt x/y/a.txt x/y/b.txt",
        "x/**/b.*, x/y/b.txt",
        "**/a.txt, .h/a.txt a.txt x/a.txt x/y/a.txt",
        "x/**/a.txt, x/a.txt x/y/a.txt",
        "**/y, x/y/a.txt x/y/b.txt",
        "**/y/, x/y/a.txt x/y/b.txt",
        "a.txt/, ",
        "x/[a-c].txt, x/a.txt",
        "x/y/[!b].txt, x/y/a.txt",
        "z/a[[]1].txt, z/a[1].txt",
        "z/a\\[1].txt, z/a[1].txt",
        "~/y/b.txt, x/y/b.txt",
        "x|!x/y, x/a.txt",
        "x|!**/y/**|x/y/b.txt, x/a.txt x/y/b.txt",
        "# x|b.md| , b.md",
        "!x, ",
        "nothing, ",
        "**|!**/*.txt, b.md",
        ".|!.h|!x|!z, a.txt b.md",
    })
    void patternsFindFiles(String patterns, String expected) throws IOException {
        assertThat(String.join(" ", found(patterns))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void searchesBeginBeforeTheFirstWildcardAndOnlyOnce() {
        assertThat(glob("x/*/a.txt\nx/y\nz/a[1].txt\n!b").roots())
                .containsExactly(folder.resolve("x"), folder.resolve("z"));
        assertThat(glob(folder + "/x/y").roots()).containsExactly(folder.resolve("x/y"));
    }

    @Test
    void linksAreFollowedButNotInCirclesAndNotToNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("x/up"), folder);
        Files.createSymbolicLink(folder.resolve("x/other"), folder.resolve("z"));
        Files.createSymbolicLink(folder.resolve("x/lost"), folder.resolve("none"));
        Files.createSymbolicLink(folder.resolve("x/file"), folder.resolve("b.md"));

        assertThat(found("x"))
                .containsExactly(
                        "x/a.txt",
                        "x/file",
                        "x/other/a[1].txt",
                        "x/up/.h/a.txt",
                        "x/up/a.txt",
                        "x/up/b.md",
                        "x/up/z/a[1].txt",
                        "x/y/a.txt",
                        "x/y/b.txt");
    }

    @Test
    void hiddenFilesCanBeLeftOut() throws IOException {
        Files.createFile(folder.resolve("x/.dot"));

        assertThat(found(Glob.of("**", folder, folder, true, false)))
                .contains("a.txt", "x/a.txt")
                .doesNotContain("x/.dot", ".h/a.txt");
    }

    @Test
    void pathsAreNotRelativeToWhatLiesAbove() {
        for (String pattern : List.of("../a", "x/../a", "x/./a", "./../a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> glob(pattern))
                    .withMessage("Invalid pattern '" + pattern + "'. Relative pathing '.' and '..' is not allowed.");
        }
    }

    @Test
    void aSearchCanBeEnded() {
        assertThatThrownBy(() -> glob("**").files(() -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "part-*; part-1; true",
                "part-*; other; false",
                "{a,b}-?; b-1; true",
                "{a,b}-?; c-1; false",
                "!part-*; other; true",
                "*; .hidden; false",
                "part-[0-9]; part-x; false",
            })
    void namesMatchPatterns(String pattern, String name, boolean matches) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
    }
}
