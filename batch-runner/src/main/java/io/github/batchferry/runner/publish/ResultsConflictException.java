package io.github.batchferry.runner.publish;

/** The results branch holds something that does not belong to these requests, or that cannot be read. */
public final class ResultsConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param finding what was found there and what to do, as the end of a sentence about the branch */
    public ResultsConflictException(String branch, String finding) {
        super("results branch `" + branch + "` " + finding);
    }
}
