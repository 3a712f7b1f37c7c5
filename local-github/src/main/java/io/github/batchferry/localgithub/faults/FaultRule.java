package io.github.batchferry.localgithub.faults;

import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which calls a fault happens to.
 *
 * @param method HTTP method, or {@code *} for all
 * @param path of the calls, from the root of the API or of git; {@code *} stands for any characters but slashes,
 *     {@code **} for any
 * @param skip how many matching calls go well first
 * @param times how many after those go wrong; empty for all
 * @param fault what goes wrong
 */
public record FaultRule(String method, String path, int skip, OptionalInt times, Fault fault) {
    private static final Set<String> FILTERS =
            Set.of("actor", "branch", "event", "status", "created", "head_sha", "check_suite_id");

    /** @throws IllegalArgumentException if a number is negative or the path does not begin with a slash */
    public FaultRule {
        if (skip < 0 || times.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "cannot skip " + skip + " calls and break " + times.orElse(0) + ": expected no negative numbers");
        }
        if (!path.startsWith("/") && !path.startsWith("*")) {
            throw new IllegalArgumentException("cannot match the path `" + path + "`: let it begin with a slash");
        }
    }

    /** A fault that happens to every matching call. */
    public static FaultRule always(String method, String path, Fault fault) {
        return new FaultRule(method, path, 0, OptionalInt.empty(), fault);
    }

    /** A fault that happens to the first matching calls. */
    public static FaultRule times(int times, String method, String path, Fault fault) {
        return new FaultRule(method, path, 0, OptionalInt.of(times), fault);
    }

    /** The same for later calls. */
    public FaultRule after(int calls) {
        return new FaultRule(method, path, calls, times, fault);
    }

    /**
     * Whether a call is one of those.
     *
     * @param parameters names in its query
     */
    boolean matches(String calledMethod, String calledPath, Set<String> parameters) {
        return (method.equals("*") || method.equals(calledMethod))
                && glob(path).matcher(calledPath).matches()
                && (!(fault instanceof Fault.StaleLists) || parameters.stream().anyMatch(FILTERS::contains));
    }

    private static Pattern glob(String path) {
        StringBuilder pattern = new StringBuilder();
        for (String part : path.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)")) {
            pattern.append(
                    switch (part) {
                        case "*" -> "[^/]*";
                        case "**" -> ".*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(pattern.toString());
    }
}
