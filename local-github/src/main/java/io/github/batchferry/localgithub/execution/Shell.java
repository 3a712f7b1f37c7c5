package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.Bash;
import io.github.batchferry.localgithub.execution.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs a script.
 *
 * @param program its name or path
 * @param arguments of it; <code>{0}</code> stands for the script's file
 * @param extension of that file, with its dot
 */
record Shell(String program, String arguments, String extension) {
    private static final String SCRIPT = "{0}";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Set<String> OF_WINDOWS = Set.of("pwsh", "powershell", "cmd");

    /** What a step has that names none: bash that does not look at pipes. */
    static final Shell UNSPECIFIED = new Shell("bash", "-e {0}", ".sh");

    /**
     * Reads the value of {@code shell}.
     *
     * @throws StepFailedException if it is neither a shell that is known nor a command with <code>{0}</code> in it
     */
    static Shell of(String text) throws StepFailedException {
        String[] words = text.strip().split("\\s+", 2);
        String program = words[0];
        if (words.length == 1 && OF_WINDOWS.contains(program)) {
            throw new StepFailedException(
                    "the embedded GitHub does not support `shell: " + program + "`; use bash, sh, python or a command");
        }
        String arguments = words.length > 1 ? words[1] : usual(program);
        if (!arguments.contains(SCRIPT)) {
            throw new StepFailedException("Invalid shell option. Shell must be a valid built-in (bash, sh, cmd,"
                    + " powershell, pwsh) or a format string containing '{0}'");
        }
        return new Shell(program, arguments, extension(program));
    }

    private static String usual(String program) {
        return switch (program) {
            case "bash" -> "--noprofile --norc -e -o pipefail {0}";
            case "sh" -> "-e {0}";
            case "python" -> SCRIPT;
            default -> "";
        };
    }

    private static String extension(String program) {
        return switch (program) {
            case "bash", "sh" -> ".sh";
            case "python" -> ".py";
            default -> "";
        };
    }

    /**
     * The program's file.
     *
     * @param bash taken where the search path has none
     * @throws StepFailedException if it is not there
     */
    Path find(String searchPath, Bash bash) throws StepFailedException {
        Optional<Path> found = Programs.find(program, searchPath);
        if (found.isEmpty() && program.equals("python")) {
            found = Programs.find("python3", searchPath);
        }
        if (found.isEmpty() && program.equals("bash")) {
            found = Optional.of(bash.executable());
        }
        return found.orElseThrow(() -> new StepFailedException(program + ": command not found"));
    }

    /** The arguments, one by one. */
    List<String> arguments(Path script) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(arguments);
        while (matcher.find()) {
            String word = matcher.group(1) == null ? matcher.group() : matcher.group(1);
            words.add(word.replace(SCRIPT, script.toString()));
        }
        return words;
    }
}
