package io.github.batchferry.localgithub.scheduling;

/**
 * Somebody's wish to run something again.
 *
 * @param actor login of who asks
 * @param debug whether the jobs are to tell more than usual
 */
public record RerunRequest(String actor, boolean debug) {
    /** A re-run like any other. */
    public static RerunRequest by(String actor) {
        return new RerunRequest(actor, false);
    }
}
