package io.github.batchferry.provider.targets;

/** A target was named that is not defined. The message says which ones are. */
public final class UnknownTargetException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownTargetException(String message) {
        super(message);
    }
}
