package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the token of a job may do, where workflows call each other: on the way down it can only become less. */
public final class TokenPermissions {
    private TokenPermissions() {}

    /**
     * What a job's token may do; for a job that calls a workflow, the most that the called one may grant.
     *
     * @param most what the caller of the job's workflow has; empty for a run's own workflow
     */
    public static Permissions of(Job job, Workflow workflow, Optional<Permissions> most) {
        if (most.isEmpty()) {
            return job.tokenPermissions(workflow);
        }
        return job.permissions()
                .or(workflow::permissions)
                .map(asked -> least(asked, most.get()))
                .orElse(most.get());
    }

    private static Permissions least(Permissions one, Permissions other) {
        return new Permissions(one.granted().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> other.allow(entry.getKey(), entry.getValue())
                                ? entry.getValue()
                                : other.granted().getOrDefault(entry.getKey(), Access.NONE))));
    }

    /** What is wrong with a called workflow's job that asks for more than its caller has, in GitHub's words. */
    static Optional<String> excess(Job job, Workflow workflow, Permissions most) {
        Map<String, Access> asked = new TreeMap<>();
        job.permissions()
                .or(workflow::permissions)
                .ifPresent(permissions -> permissions.granted().forEach((scope, access) -> {
                    if (!most.allow(scope, access)) {
                        asked.put(scope, access);
                    }
                }));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Access> allowed = new TreeMap<>(asked);
        allowed.replaceAll((scope, access) -> most.granted().getOrDefault(scope, Access.NONE));
        String who = job.permissions().isPresent() ? "The nested job '" + job.id() + "'" : "The workflow";
        return Optional.of(who + " is requesting '" + text(asked) + "', but is only allowed '" + text(allowed) + "'.");
    }

    private static String text(Map<String, Access> accesses) {
        return accesses.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
