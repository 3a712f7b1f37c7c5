package io.github.batchferry.localgithub.workflow;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A workflow file whose YAML was read; what it asks for is checked by {@link #workflow()}.
 *
 * @param path in its repository, such as {@code .github/workflows/run-evals.yml}
 */
public record WorkflowFile(String path, Node root) {
    /** Reads the YAML of a file. */
    public static WorkflowFile read(String path, byte[] content) throws InvalidWorkflowException {
        WorkflowProblems problems = new WorkflowProblems(path);
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(20);
        Node root = null;
        try {
            root = new Yaml(options).compose(new StringReader(new String(content, StandardCharsets.UTF_8)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "not valid YAML: " + e.getMessage().strip());
        }
        problems.throwIfAny();
        return new WorkflowFile(path, root);
    }

    /** Its name for people: what the file says, else its path. */
    public String name() {
        return top(new WorkflowProblems(path))
                .text("name")
                .filter(name -> !name.isBlank())
                .orElse(path);
    }

    /** The workflow, or every reason why it cannot be run here. */
    public Workflow workflow() throws InvalidWorkflowException {
        WorkflowProblems problems = new WorkflowProblems(path);
        Workflow workflow = new WorkflowReader(path, name(), problems).read(top(problems));
        problems.throwIfAny();
        return workflow;
    }

    /** Whether the file can be dispatched at all. */
    public boolean hasDispatchTrigger() {
        YamlSection top = top(new WorkflowProblems(path));
        return top.has("on") && triggers(top, new WorkflowProblems(path)).contains("workflow_dispatch");
    }

    static Set<String> triggers(YamlSection top, WorkflowProblems problems) {
        Optional<Node> on = Optional.of(top.node("on"));
        return on.get() instanceof org.yaml.snakeyaml.nodes.MappingNode
                ? top.section("on").keys()
                : Set.copyOf(top.texts("on"));
    }

    private YamlSection top(WorkflowProblems problems) {
        return YamlSection.of(root, "the workflow", problems);
    }
}
