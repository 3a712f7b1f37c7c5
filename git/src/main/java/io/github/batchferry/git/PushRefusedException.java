package io.github.batchferry.git;

/** The server answered and did not move the branch: a race that was lost on its side, or a rule of its own. */
final class PushRefusedException extends GitException {
    private static final long serialVersionUID = 1L;

    PushRefusedException(String message) {
        super(message);
    }
}
