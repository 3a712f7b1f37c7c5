package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.expression.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A place in a workflow or action file, and what GitHub lets the expressions that stand there see. */
enum Place {
    RUN("github inputs vars"),
    WORKFLOW_ENV("github inputs vars secrets"),
    CALL_OUTPUT("github inputs vars jobs"),
    STRATEGY("github inputs vars needs"),
    JOB_IF("github inputs vars needs", "always", "cancelled", "success(0,MAX)", "failure(0,MAX)"),
    JOB("github inputs vars needs strategy matrix"),
    JOB_ENV("github inputs vars needs strategy matrix secrets"),
    JOB_DEFAULTS("github inputs vars needs strategy matrix env"),
    ENVIRONMENT_URL("github inputs vars needs strategy matrix steps job runner env"),
    JOB_OUTPUT("github inputs vars needs strategy matrix steps job runner env secrets"),
    STEP("github inputs vars needs strategy matrix steps job runner env secrets", "hashFiles"),
    STEP_IF(
            "github inputs vars needs strategy matrix steps job runner env",
            "always",
            "cancelled",
            "success",
            "failure",
            "hashFiles"),
    ACTION_INPUT("github strategy matrix job runner", "hashFiles"),
    ACTION_OUTPUT("github inputs strategy matrix steps job runner env"),
    ACTION_STEP("github inputs strategy matrix steps job runner env", "hashFiles"),
    ACTION_STEP_IF(
            "github inputs strategy matrix steps job runner env",
            "always",
            "cancelled",
            "success",
            "failure",
            "hashFiles");

    private final Vocabulary vocabulary;

    Place(String contexts, String... functions) {
        this.vocabulary = new Vocabulary(Set.of(contexts.split(" ")), Set.of(functions));
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** A problem with an expression, and for a name that is unknown those that are known. */
    String explain(String problem) {
        if (problem.startsWith("Unrecognized named-value")) {
            return problem + "; known here: " + String.join(", ", new TreeSet<>(vocabulary.contexts()));
        }
        if (problem.startsWith("Unrecognized function")) {
            return problem + "; known here, besides the general ones: " + functions();
        }
        return problem;
    }

    private String functions() {
        List<String> names = vocabulary.functions().stream()
                .map(notation -> notation.replaceFirst("\\(.*", ""))
                .sorted()
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
