package io.github.batchferry.localgithub.execution.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The files by which a step talks to its job: {@code GITHUB_ENV}, {@code GITHUB_PATH}, {@code GITHUB_OUTPUT},
 * {@code GITHUB_STATE} and {@code GITHUB_STEP_SUMMARY}. Every step gets fresh ones.
 *
 * @param env variables for later steps
 * @param path folders to search for programs, for later steps
 * @param output outputs of the step
 * @param state values for the part of an action that runs after the job
 * @param summary Markdown for the job's summary
 */
public record FileCommands(Path env, Path path, Path output, Path state, Path summary) {
    private static final long LARGEST = 16L << 20;
    private static final long LARGEST_SUMMARY = 1L << 20;

    /** A file does not hold what it must; the message says which and why. */
    public static final class InvalidFileCommandException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidFileCommandException(String message) {
            super(message);
        }
    }

    /** Creates the empty files in a folder. */
    public static FileCommands create(Path folder) throws IOException {
        Files.createDirectories(folder);
        String id = UUID.randomUUID().toString();
        FileCommands files = new FileCommands(
                folder.resolve("set_env_" + id),
                folder.resolve("add_path_" + id),
                folder.resolve("set_output_" + id),
                folder.resolve("save_state_" + id),
                folder.resolve("step_summary_" + id));
        for (Path file : List.of(files.env, files.path, files.output, files.state, files.summary)) {
            Files.createFile(file);
        }
        return files;
    }

    /** The variables that tell a step where the files are. */
    public Map<String, String> variables() {
        return Map.of(
                "GITHUB_ENV", env.toString(),
                "GITHUB_PATH", path.toString(),
                "GITHUB_OUTPUT", output.toString(),
                "GITHUB_STATE", state.toString(),
                "GITHUB_STEP_SUMMARY", summary.toString());
    }

    /** Variables that the step set, in order. */
    public Map<String, String> readEnv() throws IOException, InvalidFileCommandException {
        Map<String, String> values = values("env", env);
        if (values.keySet().stream().anyMatch("NODE_OPTIONS"::equalsIgnoreCase)) {
            throw new InvalidFileCommandException(
                    "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
        }
        return values;
    }

    /** Outputs that the step set, in order. */
    public Map<String, String> readOutput() throws IOException, InvalidFileCommandException {
        return values("output", output);
    }

    /** Values that the step keeps for after the job, in order. */
    public Map<String, String> readState() throws IOException, InvalidFileCommandException {
        return values("state", state);
    }

    /** Folders that the step added, in order. */
    public List<String> readPath() throws IOException, InvalidFileCommandException {
        return text("path", path).lines().filter(line -> !line.isBlank()).toList();
    }

    /** Whether the step's part of the summary is over the limit of 1 MiB; then none of it is kept, and nothing else happens. */
    public boolean summaryTooLarge() throws IOException {
        return Files.exists(summary) && Files.size(summary) > LARGEST_SUMMARY;
    }

    /** The step's part of the summary. */
    public String readSummary() throws IOException, InvalidFileCommandException {
        return text("step_summary", summary);
    }

    private static String text(String command, Path file) throws IOException, InvalidFileCommandException {
        if (!Files.exists(file)) {
            return "";
        }
        if (Files.size(file) > LARGEST) {
            throw invalid(command, "the file is larger than 16 MB");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Map<String, String> values(String command, Path file)
            throws IOException, InvalidFileCommandException {
        Map<String, String> values = new LinkedHashMap<>();
        Iterator<String> lines = text(command, file).lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            int equals = line.indexOf('=');
            int heredoc = line.indexOf("<<");
            if (line.isEmpty()) {
                continue;
            }
            if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (heredoc > 0 && heredoc + 2 < line.length()) {
                values.put(line.substring(0, heredoc), block(command, line.substring(heredoc + 2), lines));
            } else {
                throw invalid(command, "Invalid format '" + line + "'");
            }
        }
        return values;
    }

    private static String block(String command, String delimiter, Iterator<String> lines)
            throws InvalidFileCommandException {
        StringBuilder value = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(delimiter)) {
                return value.toString();
            }
            value.append(value.isEmpty() ? "" : "\n").append(line);
        }
        throw invalid(command, "Matching delimiter not found '" + delimiter + "'");
    }

    private static InvalidFileCommandException invalid(String command, String reason) {
        return new InvalidFileCommandException(
                "Unable to process file command '" + command + "' successfully. " + reason);
    }
}
