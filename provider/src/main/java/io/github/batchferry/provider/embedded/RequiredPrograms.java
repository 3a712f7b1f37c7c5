package io.github.batchferry.provider.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The programs that the steps of the shipped workflow call and that GitHub's machines always have. */
final class RequiredPrograms {
    private static final List<String> NAMES = List.of("bash", "curl", "sha256sum");

    private RequiredPrograms() {}

    /** Those that are not on the path. */
    static List<String> missing(Map<String, String> environment) {
        List<Path> folders = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return NAMES.stream()
                .filter(name -> folders.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(name))))
                .toList();
    }
}
