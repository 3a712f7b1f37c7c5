package io.github.batchferry.localgithub.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every step gets from this machine, and all it gets: nothing else of this process's environment is passed on.
 *
 * @param variables name to value
 */
public record HostEnvironment(Map<String, String> variables) {
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    public HostEnvironment {
        variables = Map.copyOf(variables);
    }

    /**
     * Picks the few variables from an environment and adds those that tell where the JDK is, as GitHub's images do.
     *
     * @param environment of this process
     * @param javaHome folder of a JDK or JRE
     * @param feature its version, such as 17
     */
    public static HostEnvironment of(Map<String, String> environment, String javaHome, int feature) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", USUAL_PATH);
        for (String name : PASSED_ON) {
            if (environment.containsKey(name)) {
                variables.put(name, environment.get(name));
            }
        }
        variables.put("JAVA_HOME", javaHome);
        variables.put("JAVA_HOME_" + feature + "_X64", javaHome);
        return new HostEnvironment(variables);
    }

    /** The user's home, if the environment tells. */
    public Optional<String> home() {
        return Optional.ofNullable(variables.get("HOME"));
    }

    /** The search path for programs. */
    public String path() {
        return variables.get("PATH");
    }
}
