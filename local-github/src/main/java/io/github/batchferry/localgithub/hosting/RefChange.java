package io.github.batchferry.localgithub.hosting;

/** How an attempt to change a ref ended. */
public enum RefChange {
    DONE,
    /** It was to be created and is there. */
    EXISTS,
    /** It is not there. */
    MISSING,
    /** The new commit does not follow on the present one. */
    NOT_FAST_FORWARD,
    /** Somebody else changed it in between, or another ref stands where its folder would be. */
    CONFLICT
}
