package io.github.batchferry.localgithub.execution.output;

import io.github.batchferry.localgithub.store.Annotation;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one step says to people: lines of the job's log, and remarks that are shown beside the run too, up to ten of each
 * level. Thread-safe.
 */
public final class StepLog {
    private static final int MOST_OF_A_LEVEL = 10;
    private static final int LONGEST_MESSAGE = 4096;
    private static final Map<Annotation.Level, String> TAGS = Map.of(
            Annotation.Level.NOTICE, "##[notice]",
            Annotation.Level.WARNING, "##[warning]",
            Annotation.Level.FAILURE, "##[error]");

    private final JobLog log;
    private final SecretMask mask;
    private final boolean debug;
    private final Consumer<Annotation> remarks;

    // Mutable state
    private final Map<Annotation.Level, Integer> counts = new EnumMap<>(Annotation.Level.class);

    /**
     * @param debug whether debug messages are shown
     * @param remarks gets those remarks that are shown beside the run, without secrets
     */
    public StepLog(JobLog log, SecretMask mask, boolean debug, Consumer<Annotation> remarks) {
        this.log = log;
        this.mask = mask;
        this.debug = debug;
        this.remarks = remarks;
    }

    /** Writes a line, or as many as the text has. */
    public void line(String text) {
        log.line(text);
    }

    /** Begins a part of the log that is shown folded. */
    public void group(String title) {
        line("##[group]" + title);
    }

    /** Ends what {@link #group} began. */
    public void endGroup() {
        line("##[endgroup]");
    }

    /** Writes a message for those who look for a mistake; dropped unless they asked for it. */
    public void debug(String message) {
        if (debug) {
            message.lines().forEach(part -> line("##[debug]" + part));
        }
    }

    /** Says what went wrong. */
    public void error(String message) {
        say(Annotation.ofJob(Annotation.Level.FAILURE, message));
    }

    /** Says what may be wrong. */
    public void warning(String message) {
        say(Annotation.ofJob(Annotation.Level.WARNING, message));
    }

    /** Makes a remark. */
    public void say(Annotation remark) {
        String masked = mask.apply(remark.message()); // before it is cut: a part of a secret is none
        String message = masked.length() > LONGEST_MESSAGE ? masked.substring(0, LONGEST_MESSAGE) : masked;
        line(TAGS.get(remark.level()) + message);
        if (counted(remark.level()) <= MOST_OF_A_LEVEL) {
            remarks.accept(new Annotation(
                    remark.level(),
                    message,
                    remark.title() == null ? null : mask.apply(remark.title()),
                    mask.apply(remark.path()),
                    remark.startLine(),
                    remark.endLine(),
                    remark.startColumn(),
                    remark.endColumn()));
        }
    }

    private synchronized int counted(Annotation.Level level) {
        return counts.merge(level, 1, Integer::sum);
    }
}
