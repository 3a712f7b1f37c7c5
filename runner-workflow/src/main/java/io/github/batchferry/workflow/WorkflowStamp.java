package io.github.batchferry.workflow;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an installed workflow says of itself.
 *
 * @param version the Batchferry that installed it; empty for a file without its line
 * @param runnerSha256 the only batch runner that it starts, in lower-case hexadecimal; empty if it names none
 * @param keys environment variables that it fills from secrets
 */
public record WorkflowStamp(Optional<String> version, Optional<String> runnerSha256, Set<String> keys) {
    private static final Pattern KEY =
            Pattern.compile("(?m)^ +([A-Z_][A-Z0-9_]*): *\\$\\{\\{ *secrets\\.[A-Za-z_][A-Za-z0-9_]* *}}\\s*$");

    public WorkflowStamp {
        keys = Set.copyOf(keys);
    }

    static final String VERSION_LINE = "# batchferry ";
    static final String PIN = "FERRY_RUNNER_SHA256";

    private static final Pattern VERSION = Pattern.compile("(?m)^" + VERSION_LINE + "(\\S{1,64})$");
    private static final Pattern SHA256 = Pattern.compile("(?m)^  " + PIN + ": \"?([0-9a-f]{64})\"?\\s*$");

    /** Reads the stamp of a workflow's text. */
    public static WorkflowStamp of(String workflow) {
        Set<String> keys =
                KEY.matcher(workflow).results().map(found -> found.group(1)).collect(Collectors.toSet());
        return new WorkflowStamp(first(VERSION, workflow), first(SHA256, workflow), keys);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
