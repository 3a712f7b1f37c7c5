package io.github.batchferry.provider.targets;

import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The targets that can be named: those of the project's targets file, those of the user's, and always {@code local}, the
 * embedded one, which a file may define anew. Of two targets of one name the project's counts.
 */
public final class Targets {
    private static final List<String> USUAL_PLACES = List.of("targets.yaml", ".ferry/targets.yaml");

    private final List<TargetsFile> files;
    private final Map<String, String> environment;

    private Targets(List<TargetsFile> files, Map<String, String> environment) {
        this.files = List.copyOf(files);
        this.environment = Map.copyOf(environment);
    }

    /** As {@link #load(Path, Optional, Map)}, without a user's file and without environment variables in values. */
    public static Targets load(Path directory, Optional<String> named) throws InvalidInputException {
        return load(directory, named, Map.of());
    }

    /**
     * Reads the project's targets file: the one that is named, else the first found of {@code targets.yaml} and
     * {@code .ferry/targets.yaml}; and behind it the user's: {@code $FERRY_CONFIG}, else {@code ferry/targets.yaml} in
     * {@code $XDG_CONFIG_HOME}, {@code ~/.config} or, on Windows, {@code %AppData%}.
     *
     * @param directory where relative names start
     * @param environment environment variables, for the place of the user's file and for values that stand for one
     * @throws InvalidInputException if a file that is named cannot be read, or with every mistake of one of the files
     */
    public static Targets load(Path directory, Optional<String> named, Map<String, String> environment)
            throws InvalidInputException {
        List<TargetsFile> files = new ArrayList<>();
        Optional<String> project = named.or(() -> USUAL_PLACES.stream()
                .filter(usual -> Files.exists(directory.resolve(usual)))
                .findFirst());
        if (project.isPresent()) {
            files.add(read(directory, project.get()));
        }
        Optional<String> user = new UserFile(environment).find(directory);
        if (user.isPresent()) {
            files.add(read(directory, user.get()));
        }
        return new Targets(files, environment);
    }

    /**
     * The target of a name.
     *
     * @throws UnknownTargetException if none of ours has it
     * @throws InvalidInputException if an environment variable that this target needs is not set, or holds something else
     *     than expected
     */
    public Target find(String name) throws UnknownTargetException, InvalidInputException {
        for (TargetsFile file : files) {
            Optional<Target> defined = file.target(name, environment);
            if (defined.isPresent()) {
                return defined.get();
            }
        }
        if (name.equals(Target.Embedded.STANDARD_NAME)) {
            return Target.Embedded.standard();
        }
        throw new UnknownTargetException(unknown(name));
    }

    private String unknown(String name) {
        for (TargetsFile file : files) {
            String provider = file.foreign().get(name);
            if (provider != null) {
                return "target `" + name + "` of " + file.file() + " has provider `" + provider
                        + "`; expected github-actions or local-github";
            }
        }
        return "unknown target `" + name + "`; "
                + (files.isEmpty() ? "there is no targets.yaml here, so only `local` is defined" : defined());
    }

    private String defined() {
        String places = files.stream().map(TargetsFile::file).collect(Collectors.joining(" and "));
        Stream<String> names = files.stream().flatMap(file -> file.names().stream());
        return places
                + (files.size() == 1 ? " defines: " : " define: ")
                + Stream.concat(names, Stream.of(Target.Embedded.STANDARD_NAME))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static TargetsFile read(Path directory, String name) throws InvalidInputException {
        Path path = directory.resolve(name);
        try {
            return TargetsFile.parse(name, Files.readString(path));
        } catch (NoSuchFileException e) {
            throw InvalidInputException.of(name, "no such file");
        } catch (CharacterCodingException e) {
            throw InvalidInputException.of(name, "not a text in UTF-8");
        } catch (IOException e) {
            throw InvalidInputException.of(name, Files.isDirectory(path) ? "is a directory" : "cannot be read");
        }
    }
}
