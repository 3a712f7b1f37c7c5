package io.github.batchferry.localgithub.artifacts;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What artifacts and the files in them may be called; some file systems cannot hold the other characters. */
public final class ArtifactName {
    private static final List<Forbidden> IN_PATHS = List.of(
            new Forbidden('"', "Double quote \""),
            new Forbidden(':', "Colon :"),
            new Forbidden('<', "Less than <"),
            new Forbidden('>', "Greater than >"),
            new Forbidden('|', "Vertical bar |"),
            new Forbidden('*', "Asterisk *"),
            new Forbidden('?', "Question mark ?"),
            new Forbidden('\r', "Carriage return \\r"),
            new Forbidden('\n', "Line feed \\n"));
    private static final List<Forbidden> IN_NAMES = Stream.concat(
                    IN_PATHS.stream(),
                    Stream.of(new Forbidden('\\', "Backslash \\"), new Forbidden('/', "Forward slash /")))
            .toList();

    /** A character that must not occur. */
    private record Forbidden(char character, String label) {}

    private ArtifactName() {}

    /** @throws IllegalArgumentException if an artifact cannot have this name; the message begins as GitHub's */
    public static void check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Provided artifact name input during validation is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("The artifact name is not valid: " + name + ". It would name a folder");
        }
        refuse("The artifact name is not valid: ", name, IN_NAMES);
    }

    /** @throws IllegalArgumentException if a file in an artifact cannot have this path; the message begins as GitHub's */
    public static void checkPath(String path) {
        refuse("The path for one of the files in artifact is not valid: ", path, IN_PATHS);
    }

    private static void refuse(String complaint, String text, List<Forbidden> forbidden) {
        for (Forbidden each : forbidden) {
            if (text.indexOf(each.character) >= 0) {
                String all = forbidden.stream().map(Forbidden::label).collect(Collectors.joining(", "));
                throw new IllegalArgumentException(complaint + text + ". Contains the following character: "
                        + each.label + "\nInvalid characters include: " + all);
            }
        }
    }
}
