package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Template;
import java.util.List;
import java.util.Locale;

/** Names of jobs, for people and for programs. */
public final class JobNames {
    private static final int LONGEST = 100;

    private JobNames() {}

    /**
     * The name of one of a job's legs: what its {@code name} evaluates to, or its id or plain name with the values of the
     * matrix behind.
     *
     * @param shown the values that tell the leg from its siblings; none if there is no matrix
     */
    public static String shown(Job job, Contexts contexts, List<String> shown) {
        String name = job.name().map(template -> template.evaluate(contexts)).orElse("");
        boolean evaluated = job.name().filter(template -> !template.isLiteral()).isPresent();
        return evaluated && !name.isBlank() ? name : withValues(name.isBlank() ? job.id() : name, shown);
    }

    /**
     * The name of a job that has no legs, because it is left out or cannot start. As on GitHub, it stands there as it is
     * written if it depends on the leg.
     */
    public static String withoutLeg(Job job, Contexts contexts) {
        return job.name()
                .filter(name -> name.looksAt("matrix") || name.looksAt("strategy"))
                .map(Template::toString)
                .orElseGet(() -> shown(job, contexts, List.of()));
    }

    private static String withValues(String name, List<String> shown) {
        String all = shown.isEmpty() ? name : name + " (" + String.join(", ", shown) + ")";
        return all.length() > LONGEST ? all.substring(0, LONGEST - 3) + "..." : all;
    }

    /** What GitHub calls a leg in messages, such as {@code build.linux_18_x}. */
    public static String configuration(String job, List<String> shown) {
        String joined = String.join("_", shown).replaceAll("[^A-Za-z0-9_-]+", "_");
        String id = joined.matches("[A-Za-z_].*") ? joined : "_" + joined;
        return job + "." + id.toLowerCase(Locale.ROOT);
    }
}
