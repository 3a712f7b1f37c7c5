package io.github.batchferry.localgithub.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A composite action.
 *
 * @param path of the file in which it stands, such as {@code build/action.yml}
 * @param name for people
 * @param inputs in the order of the file
 * @param outputs name to value, from the contexts of its steps
 * @param steps in their order; none is possible
 */
public record ActionFile(
        String path, String name, List<Input> inputs, Map<String, Template> outputs, List<Step> steps) {
    /** The names that the file of an action may have, the first that is there counts. */
    public static final List<String> NAMES = List.of("action.yml", "action.yaml");

    /**
     * An input that an action declares.
     *
     * @param name its name, found without regard to case
     * @param required whether it should be given; GitHub does not hold anyone to it
     * @param defaultValue value when the step gives none; sees {@code github}, {@code strategy}, {@code matrix},
     *     {@code job} and {@code runner}
     * @param deprecationMessage a warning for the log of a step that gives it
     */
    public record Input(
            String name, boolean required, Optional<Template> defaultValue, Optional<String> deprecationMessage) {}

    public ActionFile {
        inputs = List.copyOf(inputs);
        outputs = Workflow.ordered(outputs);
        steps = List.copyOf(steps);
    }

    /**
     * Reads the file of an action.
     *
     * @param path for messages
     * @throws InvalidWorkflowException tells every reason why it cannot be run here
     */
    public static ActionFile read(String path, byte[] content) throws InvalidWorkflowException {
        WorkflowProblems problems = new WorkflowProblems(path);
        Node root = YamlDocument.read(content, problems);
        problems.throwIfAny();
        YamlSection top = YamlSection.of(root, "the action", problems);
        problems.throwIfAny();
        ActionFile action = new ActionReader(path, problems).read(top);
        problems.throwIfAny();
        return action;
    }
}
