package io.github.batchferry.localgithub.store;

/**
 * A remark that a step made by a workflow command such as {@code ::error::}, or that the runner made of a job.
 *
 * @param level how bad it is
 * @param message its text, without secrets
 * @param title null for none
 * @param path file it is about; {@code .github} for none
 * @param startLine counted from 1
 * @param endLine at least {@code startLine}
 * @param startColumn counted from 1; null for none
 * @param endColumn null for none
 */
public record Annotation(
        Level level,
        String message,
        String title,
        String path,
        int startLine,
        int endLine,
        Integer startColumn,
        Integer endColumn) {
    /** How bad it is, from the least. */
    public enum Level {
        NOTICE,
        WARNING,
        FAILURE
    }

    /** A remark about the job as a whole. */
    public static Annotation ofJob(Level level, String message) {
        return new Annotation(level, message, null, ".github", 1, 1, null, null);
    }
}
