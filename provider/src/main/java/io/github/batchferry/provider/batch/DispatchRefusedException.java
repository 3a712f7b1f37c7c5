package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;

/** GitHub certainly did not take a dispatch, and it is known why. The message says what to do about it. */
public final class DispatchRefusedException extends GitHubException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why GitHub did not take it. */
    public enum Reason {
        /** There is no such repository, or the token may not see it. */
        REPOSITORY,
        /** The repository is read-only. */
        ARCHIVED,
        /** The default branch has no such workflow. */
        WORKFLOW,
        /** The workflow is switched off. */
        WORKFLOW_DISABLED,
        /** Actions are switched off for the repository. */
        ACTIONS_DISABLED,
        /** The workflow cannot be dispatched, or GitHub cannot read it. */
        WORKFLOW_FILE,
        /** There is no such branch or tag. */
        REF,
        /** The workflow does not take these inputs: it is of another version. */
        INPUTS,
        /** The inputs are larger than this server takes. */
        TOO_LARGE,
        /** The token may not dispatch. */
        PERMISSION
    }

    /**
     * @param message what is wrong and what to do about it
     * @param cause what GitHub said
     */
    public DispatchRefusedException(Reason reason, String message, GitHubException cause) {
        super(message, cause.status(), cause);
        this.reason = reason;
    }

    /** Why GitHub did not take it. */
    public Reason reason() {
        return reason;
    }
}
