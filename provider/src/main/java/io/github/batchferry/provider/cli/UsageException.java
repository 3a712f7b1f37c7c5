package io.github.batchferry.provider.cli;

/** A command was called in a way that makes no sense. The message says so and what to do instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
