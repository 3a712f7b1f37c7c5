package io.github.batchferry.provider.cli;

import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that environment variables set where a command line leaves them out. An empty variable counts as not set. */
final class EnvironmentSettings implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES = Map.of(
            "--target", "FERRY_TARGET",
            "--targets", "FERRY_TARGETS",
            "--vendor", "FERRY_VENDOR",
            "--timeout", "FERRY_TIMEOUT",
            "--max-cost", "FERRY_MAX_COST");

    private final Map<String, String> environment;

    EnvironmentSettings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option ? value(option) : null;
    }

    /** Where the value of an option came from, for messages: the option, or the variable that stands for it. */
    String origin(OptionSpec option, String... args) {
        boolean given = Arrays.stream(args)
                .anyMatch(argument -> Arrays.stream(option.names()).anyMatch(argument::startsWith));
        return given || value(option) == null ? option.longestName() : VARIABLES.get(option.longestName());
    }

    private String value(OptionSpec option) {
        String variable = VARIABLES.getOrDefault(option.longestName(), "");
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? null : value;
    }
}
