package io.github.batchferry.provider.cli.output;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a run failed, as far as GitHub tells: the job, its step and the end of its log. */
public final class FailureText {
    /** GitHub begins every line of a log with the time to a tenth of a microsecond. */
    private static final Pattern TIME = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z ");

    private static final int NAMED_JOBS = 4;

    private FailureText() {}

    /** The lines; none for a run that did not fail. */
    public static List<String> of(RunReport report) {
        return report.run()
                .filter(run -> run.completed() && !run.succeeded())
                .map(run -> lines(run, report.failure()))
                .orElse(List.of());
    }

    private static List<String> lines(WorkflowRun run, Optional<RunReport.Failure> failure) {
        List<String> lines = new ArrayList<>();
        boolean cancelled = run.conclusion().equals(Optional.of("cancelled"));
        String how = how(run.conclusion().orElse("no conclusion"));
        lines.add(how + ": " + Printable.line(run.htmlUrl().toString()));
        if (!cancelled) {
            failure.ifPresent(details -> addDetails(lines, details));
        }
        return List.copyOf(lines);
    }

    /** What a conclusion means; GitHub's word is kept, so that it can be looked up. */
    private static String how(String conclusion) {
        return switch (conclusion) {
            case "cancelled" -> "the run was stopped before it was over";
            case "startup_failure" ->
                "the run failed (startup_failure): GitHub cannot start the workflow, most likely for a mistake in its"
                        + " file; check it with actionlint";
            case "timed_out" ->
                "the run failed (timed_out): a job took longer than timeout-minutes of the workflow allows";
            case "action_required" ->
                "the run failed (action_required): somebody has to approve it on its page before it runs";
            case "stale" -> "the run failed (stale): GitHub gave it up, because it made no progress for 14 days";
            default -> "the run failed (" + Printable.line(conclusion) + ")";
        };
    }

    private static String withoutTime(String line) {
        return TIME.matcher(line).replaceFirst("");
    }

    private static void addDetails(List<String> lines, RunReport.Failure failure) {
        failure.job().ifPresent(job -> lines.add("  job   " + Printable.line(job.name())));
        failure.step().ifPresent(step -> lines.add("  step  " + Printable.line(step.name())));
        if (!failure.alsoFailed().isEmpty()) {
            lines.add("  also failed: " + named(failure.alsoFailed()));
        }
        failure.logTrouble().ifPresent(reason -> lines.add("  its log cannot be read: " + Printable.line(reason)));
        List<String> said = said(failure.log());
        if (!said.isEmpty()) {
            lines.add("  the end of its log:");
            said.forEach(line -> lines.add("  | " + Printable.line(line)));
        }
    }

    private static String named(List<String> jobs) {
        List<String> first =
                jobs.stream().limit(NAMED_JOBS).map(Printable::line).toList();
        int more = jobs.size() - first.size();
        return String.join("; ", first) + (more > 0 ? "; and " + more + " more" : "");
    }

    /** What the step itself said: GitHub puts its script and its environment into a group before that. */
    private static List<String> said(List<String> log) {
        List<String> lines = log.stream().map(FailureText::withoutTime).toList();
        return lines.subList(lines.lastIndexOf("##[endgroup]") + 1, lines.size());
    }
}
