package io.github.batchferry.runner.transport;

/** A vendor's answer is larger than a response line can carry. Not an IO error: asking again would not make it smaller. */
public final class AnswerTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int maxBytes) {
        super("the vendor's answer is larger than " + maxBytes + " bytes");
    }
}
