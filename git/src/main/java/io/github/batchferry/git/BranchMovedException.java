package io.github.batchferry.git;

/** A branch was created or moved by somebody else in the meantime; the commit was not pushed. */
public final class BranchMovedException extends GitException {
    private static final long serialVersionUID = 1L;

    public BranchMovedException(BranchName branch) {
        super("branch `" + branch + "` was moved by somebody else; nothing was pushed");
    }
}
