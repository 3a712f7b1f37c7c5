package io.github.batchferry.localgithub.workflow;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads workflows and actions that tests write down. */
final class Reading {
    static final String PATH = ".github/workflows/x.yml";

    /** A job that is as it should be; lines of its own begin with four spaces, those of its step with eight. */
    static final String JOB = """
            jobs:
              job:
                runs-on: ubuntu-24.04
                steps:
                  - run: echo
            """;

    private Reading() {}

    static Workflow workflow(String yaml) throws InvalidWorkflowException {
        return WorkflowFile.read(PATH, yaml.getBytes(StandardCharsets.UTF_8)).workflow();
    }

    /** What is wrong with a workflow. */
    static List<String> problems(String yaml) {
        return catchThrowableOfType(InvalidWorkflowException.class, () -> workflow(yaml))
                .problems();
    }

    /** A dispatched workflow of one job with some lines of its own, such as {@code if: always()}. */
    static String withJob(String lines) {
        return "on: workflow_dispatch\n" + JOB + lines.indent(4);
    }

    /** A dispatched workflow whose only step has some lines more. */
    static String withStep(String lines) {
        return "on: workflow_dispatch\n" + JOB + lines.indent(8);
    }

    /** A dispatched workflow with some lines at the top. */
    static String withTop(String lines) {
        return "on: workflow_dispatch\n" + lines + "\n" + JOB;
    }

    /** A dispatched workflow with these steps. */
    static String withSteps(String steps) {
        return """
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                """ + steps.indent(6);
    }

    static Job job(String yaml) throws InvalidWorkflowException {
        return workflow(yaml).jobs().get(0);
    }

    static Job.Steps steps(String yaml) throws InvalidWorkflowException {
        return (Job.Steps) job(yaml).body();
    }

    static Step step(String yaml) throws InvalidWorkflowException {
        return steps(yaml).steps().get(0);
    }

    /** Contexts by name, each written as JSON. */
    static Contexts contexts(String... namesAndValues) {
        Map<String, com.fasterxml.jackson.databind.JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            try {
                values.put(namesAndValues[i], Json.MAPPER.readTree(namesAndValues[i + 1]));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Contexts(values);
    }

    static Template template(String text, Place place) throws ExpressionSyntaxException {
        return Template.parse(text, place.vocabulary());
    }
}
