package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the YAML of an action into its records. */
final class ActionReader {
    private static final Keys KEYS =
            Keys.of("an action", "name", "author", "description", "inputs", "outputs", "runs", "branding");
    private static final Keys OUTPUT_KEYS = Keys.of("an output", "description", "value");
    private static final Keys RUNS_KEYS = Keys.of("`runs` of a composite action", "using", "steps");

    private final String path;
    private final Fields fields;
    private final WorkflowProblems problems;

    ActionReader(String path, WorkflowProblems problems) {
        this.path = path;
        this.fields = new Fields(problems);
        this.problems = problems;
    }

    ActionFile read(YamlSection top) {
        KEYS.check(top, problems);
        return new ActionFile(path, top.text("name").orElse(path), inputs(top), outputs(top), steps(top));
    }

    private List<ActionFile.Input> inputs(YamlSection top) {
        YamlSection section = top.sectionIfAny("inputs");
        List<ActionFile.Input> inputs = new ArrayList<>();
        for (String name : section.keys()) {
            // whatever else an input says, GitHub passes over
            YamlSection input = section.sectionIfAny(name);
            inputs.add(new ActionFile.Input(
                    name,
                    input.text("required").filter("true"::equals).isPresent(),
                    fields.template(input, "default", Place.ACTION_INPUT),
                    input.text("deprecationMessage")));
        }
        return inputs;
    }

    private Map<String, Template> outputs(YamlSection top) {
        YamlSection section = top.sectionIfAny("outputs");
        Map<String, Template> outputs = new LinkedHashMap<>();
        for (String name : section.keys()) {
            YamlSection output = section.section(name);
            OUTPUT_KEYS.check(output, problems);
            if (!output.has("value")) {
                problems.add(section.line(name), "the output `" + name + "` lacks a `value`");
            }
            fields.template(output, "value", Place.ACTION_OUTPUT).ifPresent(value -> outputs.put(name, value));
        }
        return outputs;
    }

    private List<Step> steps(YamlSection top) {
        if (!top.has("runs")) {
            problems.add(1, "`runs` is missing");
            return List.of();
        }
        YamlSection runs = top.section("runs");
        String using = runs.text("using").orElse("");
        if (using.isEmpty()) {
            problems.add(top.line("runs"), "`runs` lacks `using`");
            return List.of();
        }
        if (!using.equals("composite")) {
            problems.unsupported(runs.line("using"), "`using: " + using + "`");
            return List.of();
        }
        RUNS_KEYS.check(runs, problems);
        if (!runs.has("steps")) {
            problems.add(top.line("runs"), "`runs` lacks `steps`");
        }
        return new StepsReader(fields, StepRules.OF_ACTION).read(runs);
    }
}
