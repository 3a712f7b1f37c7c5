package io.github.batchferry.localgithub.workflow;

import java.util.Optional;

/** Reads {@code defaults} of a workflow or a job. */
final class DefaultsReader {
    private static final Keys KEYS = Keys.of("`defaults`", "run");
    private static final Keys RUN_KEYS = Keys.of("`defaults.run`", "shell", "working-directory");

    private final Fields fields;
    private final Shells shells;

    DefaultsReader(Fields fields) {
        this.fields = fields;
        this.shells = new Shells(fields);
    }

    /** The defaults of a workflow, which take no expressions. */
    Workflow.Defaults ofWorkflow(YamlSection top) {
        YamlSection run = run(top);
        return new Workflow.Defaults(
                shells.plain(run), run.plain("working-directory").map(Template::literal));
    }

    /** The defaults of a job. */
    Workflow.Defaults ofJob(YamlSection job) {
        YamlSection run = run(job);
        Optional<Template> directory = fields.filled(run, "working-directory", Place.JOB_DEFAULTS);
        return new Workflow.Defaults(shells.read(run, Place.JOB_DEFAULTS), directory);
    }

    private YamlSection run(YamlSection owner) {
        YamlSection defaults = owner.section("defaults");
        KEYS.check(defaults, fields.problems());
        YamlSection run = defaults.section("run");
        RUN_KEYS.check(run, fields.problems());
        return run;
    }
}
