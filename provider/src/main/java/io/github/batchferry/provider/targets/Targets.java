package io.github.batchferry.provider.targets;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The targets that can be named: those of a targets file, and always {@code local}, the embedded one, which the file may
 * define anew.
 *
 * @param file the targets file, if there is one
 */
public record Targets(Optional<TargetsFile> file) {
    private static final List<String> USUAL_PLACES = List.of("targets.yaml", ".ferry/targets.yaml");

    /**
     * Reads the targets file: the one that is named, else the first found of {@code targets.yaml} and
     * {@code .ferry/targets.yaml}.
     *
     * @param directory where relative names start
     * @throws InvalidInputException if the named file cannot be read, or with every mistake of the file
     */
    public static Targets load(Path directory, Optional<String> named) throws InvalidInputException {
        return load(directory, named, GitHubServer.GITHUB_COM);
    }

    /** @param standard the GitHub of targets that name none, such as {@link DefaultServer#of} */
    public static Targets load(Path directory, Optional<String> named, GitHubServer standard)
            throws InvalidInputException {
        Optional<String> place = named.or(() -> USUAL_PLACES.stream()
                .filter(usual -> Files.exists(directory.resolve(usual)))
                .findFirst());
        if (place.isEmpty()) {
            return new Targets(Optional.empty());
        }
        return new Targets(Optional.of(
                TargetsFile.parse(place.get(), read(directory.resolve(place.get()), place.get()), standard)));
    }

    /**
     * The target of a name.
     *
     * @throws UnknownTargetException if none of ours has it
     */
    public Target find(String name) throws UnknownTargetException {
        Optional<Target> defined = file.flatMap(f -> f.target(name));
        if (defined.isPresent()) {
            return defined.get();
        }
        if (name.equals(Target.Embedded.STANDARD_NAME)) {
            return Target.Embedded.standard();
        }
        throw new UnknownTargetException(unknown(name));
    }

    private String unknown(String name) {
        if (file.isEmpty()) {
            return "unknown target `" + name + "`; there is no targets.yaml here, so only `local` is defined";
        }
        String provider = file.get().foreign().get(name);
        if (provider != null) {
            return "target `" + name + "` of " + file.get().file() + " has provider `" + provider
                    + "`; expected github-actions or local-github";
        }
        return "unknown target `" + name + "`; " + file.get().file() + " defines: " + names();
    }

    private String names() {
        Stream<String> defined =
                file.stream().flatMap(f -> f.targets().stream()).map(Target::name);
        return Stream.concat(defined, Stream.of(Target.Embedded.STANDARD_NAME))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String read(Path path, String name) throws InvalidInputException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw InvalidInputException.of(name, "no such file");
        } catch (CharacterCodingException e) {
            throw InvalidInputException.of(name, "not a text in UTF-8");
        } catch (IOException e) {
            throw InvalidInputException.of(name, Files.isDirectory(path) ? "is a directory" : "cannot be read");
        }
    }
}
