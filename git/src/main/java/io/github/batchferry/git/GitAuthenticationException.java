package io.github.batchferry.git;

/** The git server wants a token, or refused the one it got (401, 403). */
public final class GitAuthenticationException extends GitException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** What the token was used for was refused, not the token itself. */
    public GitAuthenticationException(String message) {
        this(message, false);
    }

    /** @param refused whether the token itself was refused (401), rather than what it was used for */
    public GitAuthenticationException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** Whether the token itself was missing, wrong or expired (401). */
    public boolean refused() {
        return refused;
    }
}
