package io.github.batchferry.localgithub.workflow;

import java.util.Map;

/** Reads what a job says that calls another workflow. */
final class CallReader {
    private static final WorkflowReference UNREADABLE =
            WorkflowReference.parse("./.github/workflows/unreadable.yml").orElseThrow();

    private final Fields fields;

    CallReader(Fields fields) {
        this.fields = fields;
    }

    Job.Call read(YamlSection job) {
        boolean inherit = job.has("secrets")
                && !job.hasMapping("secrets")
                && job.text("secrets").filter("inherit"::equals).isPresent();
        Map<String, Template> secrets = inherit ? Map.of() : fields.templates(job, "secrets", Place.JOB_ENV);
        return new Job.Call(reference(job), fields.templates(job, "with", Place.JOB), inherit, secrets);
    }

    private WorkflowReference reference(YamlSection job) {
        String text = job.plain("uses").orElse("");
        return WorkflowReference.parse(text).orElseGet(() -> {
            fields.problems()
                    .add(
                            job.line("uses"),
                            "cannot call `" + text + "`: expected `./.github/workflows/<file>.yml`"
                                    + " or `<owner>/<repository>/.github/workflows/<file>.yml@<ref>`");
            return UNREADABLE;
        });
    }
}
