package io.github.batchferry.provider.batch;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.PendingDeployment;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.config.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out why a run does not begin, and what to do about it: an approval, another run of its concurrency group, or no
 * runner for its job. Asks GitHub once for each status, so that it costs next to nothing. Not thread-safe.
 */
final class WaitingReasons {
    /** How long a free runner may take to begin before that is worth a word. */
    private static final Duration USUAL_QUEUE = Duration.ofMinutes(2);

    private final ActionsApi actions;

    // Mutable state
    private String explained = "";
    private Optional<String> reason = Optional.empty();

    WaitingReasons(ActionsApi actions) {
        this.actions = actions;
    }

    /** Whether a run has not begun to work, or has stopped to wait. */
    static boolean waits(WorkflowRun run) {
        return switch (run.status()) {
            case "waiting", "pending", "queued", "requested" -> true;
            default -> false;
        };
    }

    /**
     * Why a run waits.
     *
     * @param age time since it was dispatched
     * @return empty if it does not, or not for long
     */
    Optional<String> of(WorkflowRun run, Duration age) {
        if (!waits(run)) {
            explained = "";
            reason = Optional.empty();
        } else if (!explained.equals(run.status())) {
            reason = explain(run, age);
            explained = reason.isPresent() ? run.status() : "";
        }
        return reason;
    }

    private Optional<String> explain(WorkflowRun run, Duration age) {
        return switch (run.status()) {
            case "waiting" -> Optional.of(approval(run));
            case "pending" ->
                Optional.of("the run waits for another run of its concurrency group to end; see " + run.htmlUrl());
            default -> age.compareTo(USUAL_QUEUE) < 0 ? Optional.empty() : Optional.of(noRunner(run));
        };
    }

    private String approval(WorkflowRun run) {
        try {
            List<PendingDeployment> pending = actions.pendingDeployments(run.id());
            if (!pending.isEmpty()) {
                return pending.stream().map(WaitingReasons::words).collect(Collectors.joining("; ")) + "; see "
                        + run.htmlUrl();
            }
        } catch (GitHubException e) {
            // that it waits is certain without knowing for whom
        }
        return "the run waits for the rules of its environment; see " + run.htmlUrl();
    }

    private static String words(PendingDeployment pending) {
        String environment = "environment `" + pending.environment() + "`";
        if (!pending.reviewers().isEmpty()) {
            return "the run waits for approval of " + environment + " by " + String.join(" or ", pending.reviewers());
        }
        return pending.waitTimer().isZero()
                ? "the run waits for the rules of " + environment
                : environment + " has every run wait " + DurationText.format(pending.waitTimer());
    }

    private String noRunner(WorkflowRun run) {
        String labels = labels(run);
        return "no runner has taken the job for " + DurationText.format(USUAL_QUEUE)
                + (labels.isEmpty() ? "" : "; it asks for one with the labels " + labels)
                + ": check that such a runner is online and free, and the limit of concurrent jobs; see "
                + run.htmlUrl();
    }

    private String labels(WorkflowRun run) {
        try {
            return actions.jobsOf(run.id()).stream()
                    .filter(job -> job.conclusion().isEmpty())
                    .flatMap(job -> job.labels().stream())
                    .distinct()
                    .map(label -> "`" + label + "`")
                    .collect(Collectors.joining(", "));
        } catch (GitHubException e) {
            return "";
        }
    }
}
