package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code jobs}, and holds what they need against each other. */
final class JobsReader {
    private final Fields fields;
    private final WorkflowProblems problems;

    JobsReader(Fields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    List<Job> read(YamlSection top) {
        YamlSection section = top.section("jobs");
        if (section.keys().isEmpty()) {
            problems.add(top.line("jobs"), "`jobs` must hold a job");
        }
        Map<String, String> ids = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        section.keys().forEach(id -> ids.put(id, id));
        Identifiers identifiers = new Identifiers(problems);
        JobReader reader = new JobReader(fields, ids);
        List<Job> jobs = new ArrayList<>();
        for (String id : section.keys()) {
            identifiers.use(id, section.line(id));
            jobs.add(reader.read(id, section.section(id), section.line(id)));
        }
        NeedsCheck.check(jobs, id -> section.section(id).line("needs"), problems);
        return jobs;
    }
}
