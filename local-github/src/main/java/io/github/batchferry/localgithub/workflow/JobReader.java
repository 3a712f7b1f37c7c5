package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one job. */
final class JobReader {
    private static final Keys STEPS_KEYS = Keys.of(
                    "a job",
                    "name",
                    "needs",
                    "if",
                    "runs-on",
                    "environment",
                    "concurrency",
                    "permissions",
                    "outputs",
                    "env",
                    "defaults",
                    "strategy",
                    "timeout-minutes",
                    "continue-on-error",
                    "steps")
            .butNot("container", "services", "snapshot", "cancel-timeout-minutes");
    private static final Keys CALL_KEYS = Keys.of(
            "a job with `uses`",
            "name",
            "needs",
            "if",
            "uses",
            "with",
            "secrets",
            "concurrency",
            "permissions",
            "strategy");
    private static final Keys ENVIRONMENT_KEYS =
            Keys.of("`environment`", "name", "url").butNot("deployment");

    private final Fields fields;
    private final WorkflowProblems problems;
    private final Map<String, String> ids;

    /** @param ids of all jobs of the workflow, found without regard to case */
    JobReader(Fields fields, Map<String, String> ids) {
        this.fields = fields;
        this.problems = fields.problems();
        this.ids = ids;
    }

    Job read(String id, YamlSection job, int line) {
        boolean calls = job.has("uses");
        (calls ? CALL_KEYS : STEPS_KEYS).check(job, problems);
        return new Job(
                id,
                fields.templateIfAny(job, "name", Place.JOB),
                needs(id, job),
                fields.condition(job, Place.JOB_IF),
                new PermissionsReader(problems).read(job),
                new GroupReader(fields, Place.JOB).read(job),
                new StrategyReader(fields).read(job),
                calls ? new CallReader(fields).read(job) : steps(job, line));
    }

    private List<String> needs(String id, YamlSection job) {
        List<String> needs = new ArrayList<>();
        for (String need : job.texts("needs")) {
            String known = ids.get(need);
            if (known == null) {
                problems.add(job.line("needs"), "the job `" + id + "` needs `" + need + "`, which is no job here");
            } else if (!needs.contains(known)) {
                needs.add(known);
            }
        }
        return needs;
    }

    private Job.Steps steps(YamlSection job, int line) {
        return new Job.Steps(
                new RunsOnReader(fields).read(job, line),
                environment(job),
                fields.env(job, Place.JOB_ENV),
                new DefaultsReader(fields).ofJob(job),
                fields.templates(job, "outputs", Place.JOB_OUTPUT),
                fields.number(job, "timeout-minutes", Place.JOB),
                fields.flag(job, "continue-on-error", Place.JOB),
                new StepsReader(fields, StepRules.OF_JOB).read(job));
    }

    private Optional<Job.Environment> environment(YamlSection job) {
        if (!job.hasMapping("environment")) {
            return fields.template(job, "environment", Place.JOB)
                    .map(name -> new Job.Environment(name, Optional.empty()));
        }
        YamlSection environment = job.section("environment");
        ENVIRONMENT_KEYS.check(environment, problems);
        if (!environment.has("name")) {
            problems.add(job.line("environment"), "`environment` lacks a `name`");
        }
        Optional<Template> url = fields.template(environment, "url", Place.ENVIRONMENT_URL);
        return fields.template(environment, "name", Place.JOB).map(name -> new Job.Environment(name, url));
    }
}
