package io.github.batchferry.localgithub.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One rule of a file. Every problem is noted with its line. Not thread-safe. */
final class FaultEntry {
    private static final Pattern CALL = Pattern.compile("([A-Z]+|\\*) +([/*]\\S*)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, String> KINDS = Map.of(
            "latency", "time",
            "answer", "status headers body",
            "primary-limit", "status reset",
            "secondary-limit", "status retry-after",
            "lost-answer", "",
            "cut-answer", "bytes",
            "late-runs", "time",
            "stale-lists", "time",
            "changing-etags", "");

    private final Node node;
    private final List<String> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();

    FaultEntry(Node node, List<String> problems) {
        this.node = node;
        this.problems = problems;
    }

    /** The rule; empty if the entry cannot be used. */
    Optional<FaultRule> rule() {
        int before = problems.size();
        read();
        Matcher call = CALL.matcher(text("on").orElse(""));
        if (!call.matches()) {
            problem(node, "expected `on` with a method and a path, such as GET /repos/*/*/actions/runs/**");
        }
        int skip = number("skip").orElse(0);
        boolean always = text("times").orElse("always").equals("always");
        OptionalInt times = always ? OptionalInt.empty() : number("times");
        Optional<Fault> fault = fault();
        return problems.size() == before
                ? Optional.of(new FaultRule(call.group(1), call.group(2), skip, times, fault.orElseThrow()))
                : Optional.empty();
    }

    private void read() {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                values.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
            }
        }
    }

    private Optional<Fault> fault() {
        String kind = text("fault").orElse("");
        if (!KINDS.containsKey(kind)) {
            problem(
                    values.getOrDefault("fault", node),
                    "expected `fault` to be one of "
                            + String.join(", ", KINDS.keySet().stream().sorted().toList()) + ", found `" + kind + "`");
            return Optional.empty();
        }
        List<String> known =
                List.of(("on skip times fault " + KINDS.get(kind)).strip().split(" "));
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(value, "found `" + key + "`, which means nothing for " + kind);
            }
        });
        return Optional.of(fault(kind));
    }

    private Fault fault(String kind) {
        return switch (kind) {
            case "latency" -> new Fault.Latency(needed("time"));
            case "answer" ->
                new Fault.Answer(
                        number("status").orElse(503), headers(), text("body").orElse(""));
            case "primary-limit" ->
                new Fault.PrimaryLimit(
                        number("status").orElse(403), time("reset").orElse(Duration.ofMinutes(1)));
            case "secondary-limit" -> new Fault.SecondaryLimit(number("status").orElse(403), time("retry-after"));
            case "lost-answer" -> new Fault.LostAnswer();
            case "cut-answer" -> new Fault.CutAnswer(number("bytes").orElse(0));
            case "late-runs" -> new Fault.LateRuns(needed("time"));
            case "stale-lists" -> new Fault.StaleLists(needed("time"));
            default -> new Fault.ChangingETags();
        };
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (values.get("headers") instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                headers.put(
                        ((ScalarNode) tuple.getKeyNode()).getValue(), ((ScalarNode) tuple.getValueNode()).getValue());
            }
        } else if (values.containsKey("headers")) {
            problem(values.get("headers"), "expected `headers` to be names and values");
        }
        return headers;
    }

    private Duration needed(String key) {
        if (!values.containsKey(key)) {
            problem(node, "expected `" + key + "`, such as 500ms");
        }
        return time(key).orElse(Duration.ZERO);
    }

    private Optional<Duration> time(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(text.get());
        if (!time.matches()) {
            problem(
                    values.get(key),
                    "cannot read `" + text.get() + "` of `" + key + "`: expected a time such as 500ms, 2s or 1m");
            return Optional.empty();
        }
        long count = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    private OptionalInt number(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().matches("\\d{1,9}")) {
            problem(values.get(key), "cannot read `" + text.get() + "` of `" + key + "`: expected a whole number");
            return OptionalInt.of(1);
        }
        return text.map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private Optional<String> text(String key) {
        if (values.containsKey(key) && !(values.get(key) instanceof ScalarNode)) {
            problem(values.get(key), "expected `" + key + "` to be a text or a number");
        }
        return values.get(key) instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private void problem(Node at, String message) {
        problems.add(at.getStartMark().getLine() + 1 + ": " + message);
    }
}
