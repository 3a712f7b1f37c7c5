package io.github.batchferry.provider.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the targets file of a user is.
 *
 * @param environment environment variables
 */
record UserFile(Map<String, String> environment) {
    private static final String NAMED = "FERRY_CONFIG";
    private static final String FILE = "ferry/targets.yaml";

    /** The file: as it is named, even if there is none of that name; else in its usual place, if there is one. */
    Optional<String> find(Path directory) {
        return variable(NAMED)
                .or(() -> folder().map(folder -> folder.resolve(FILE))
                        .filter(file -> Files.exists(directory.resolve(file)))
                        .map(Path::toString));
    }

    private Optional<Path> folder() {
        return Stream.of(
                        variable("XDG_CONFIG_HOME").map(Path::of),
                        variable("AppData").or(() -> variable("APPDATA")).map(Path::of),
                        variable("HOME").map(home -> Path.of(home, ".config")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
