package io.github.batchferry.localgithub.workflow;

import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code strategy}. */
final class StrategyReader {
    private static final Keys KEYS = Keys.of("`strategy`", "matrix", "fail-fast", "max-parallel");
    private static final Set<String> LISTS_OF_MAPPINGS = Set.of("include", "exclude");

    private final Fields fields;
    private final WorkflowProblems problems;

    StrategyReader(Fields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    Optional<Job.Strategy> read(YamlSection job) {
        if (!job.has("strategy")) {
            return Optional.empty();
        }
        if (Fields.isExpression(job.node("strategy"))) {
            problems.unsupported(job.line("strategy"), "an expression for the whole of `strategy`");
            return Optional.empty();
        }
        YamlSection strategy = job.section("strategy");
        KEYS.check(strategy, problems);
        return Optional.of(new Job.Strategy(
                matrix(strategy),
                fields.flag(strategy, "fail-fast", Place.STRATEGY),
                fields.count(strategy, "max-parallel", Place.STRATEGY)));
    }

    private Optional<Tree> matrix(YamlSection strategy) {
        if (!strategy.has("matrix")) {
            return Optional.empty();
        }
        if (!Fields.isExpression(strategy.node("matrix"))) {
            check(strategy);
        }
        return Optional.of(new Trees(fields, Place.STRATEGY).read(strategy.node("matrix")));
    }

    private void check(YamlSection strategy) {
        YamlSection matrix = strategy.section("matrix");
        if (matrix.keys().isEmpty()) {
            problems.add(
                    strategy.line("matrix"), "`matrix` must hold a list of values, `include`, or be an expression");
        }
        for (String name : matrix.keys()) {
            checkList(matrix, name);
        }
    }

    private void checkList(YamlSection matrix, String name) {
        Node node = matrix.node(name);
        if (Fields.isExpression(node)) {
            return;
        }
        if (!(node instanceof SequenceNode list)) {
            problems.add(matrix.line(name), "`" + name + "` must be a list, or an expression that gives one");
        } else if (list.getValue().isEmpty() && !LISTS_OF_MAPPINGS.contains(name)) {
            problems.add(matrix.line(name), "`" + name + "` must hold a value");
        } else if (LISTS_OF_MAPPINGS.contains(name)) {
            list.getValue().stream()
                    .filter(item -> !(item instanceof MappingNode) && !Fields.isExpression(item))
                    .forEach(item -> problems.add(
                            YamlSection.lineOf(item), "`" + name + "` must be a list of mappings of names to values"));
        }
    }
}
