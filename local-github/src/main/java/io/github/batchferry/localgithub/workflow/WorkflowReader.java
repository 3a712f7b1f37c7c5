package io.github.batchferry.localgithub.workflow;

import java.util.Optional;

/** Turns the YAML of a workflow into its records. */
final class WorkflowReader {
    private static final Keys KEYS = Keys.of(
            "a workflow",
            "name",
            "description",
            "run-name",
            "on",
            "permissions",
            "concurrency",
            "env",
            "defaults",
            "jobs");

    private final String path;
    private final Fields fields;

    WorkflowReader(String path, WorkflowProblems problems) {
        this.path = path;
        this.fields = new Fields(problems);
    }

    Workflow read(YamlSection top) {
        KEYS.check(top, fields.problems());
        TriggerReader triggers = new TriggerReader(fields);
        triggers.check(top);
        return new Workflow(
                path,
                name(top).orElse(path),
                fields.template(top, "run-name", Place.RUN),
                triggers.dispatch(top),
                triggers.call(top),
                new PermissionsReader(fields.problems()).read(top),
                new GroupReader(fields, Place.RUN).read(top),
                fields.env(top, Place.WORKFLOW_ENV),
                new DefaultsReader(fields).ofWorkflow(top),
                new JobsReader(fields).read(top));
    }

    /** The name for people, if the file has one. */
    static Optional<String> name(YamlSection top) {
        return top.plain("name").filter(name -> !name.isBlank());
    }
}
