package io.github.batchferry.localgithub.workflow;

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
        Node root = YamlDocument.read(content, problems);
        problems.throwIfAny();
        return new WorkflowFile(path, root);
    }

    /** Its name for people: what the file says, else its path. */
    public String name() {
        return WorkflowReader.name(top(new WorkflowProblems(path))).orElse(path);
    }

    /** The workflow, or every reason why it cannot be run here. */
    public Workflow workflow() throws InvalidWorkflowException {
        WorkflowProblems problems = new WorkflowProblems(path);
        YamlSection top = top(problems);
        problems.throwIfAny();
        Workflow workflow = new WorkflowReader(path, problems).read(top);
        problems.throwIfAny();
        return workflow;
    }

    /** Whether the file can be dispatched at all. */
    public boolean hasDispatchTrigger() {
        return TriggerReader.names(top(new WorkflowProblems(path))).contains(TriggerReader.DISPATCH);
    }

    private YamlSection top(WorkflowProblems problems) {
        return YamlSection.of(root, "the workflow", problems);
    }
}
