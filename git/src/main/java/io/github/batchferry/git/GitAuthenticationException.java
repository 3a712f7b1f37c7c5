package io.github.batchferry.git;

/** The git server wants a token, or refused the one it got (401, 403). */
public final class GitAuthenticationException extends GitException {
    private static final long serialVersionUID = 1L;

    public GitAuthenticationException(String message) {
        super(message);
    }
}
