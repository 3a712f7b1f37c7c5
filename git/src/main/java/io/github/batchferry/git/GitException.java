package io.github.batchferry.git;

/** Talking to a git server failed. The message names the branch and the server, never a token. */
public class GitException extends Exception {
    private static final long serialVersionUID = 1L;

    public GitException(String message) {
        super(message);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
