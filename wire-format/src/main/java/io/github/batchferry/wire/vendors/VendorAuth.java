package io.github.batchferry.wire.vendors;

/** How a vendor is told who asks. */
public sealed interface VendorAuth {
    /** Not at all: a server of one's own. */
    record None() implements VendorAuth {}

    /**
     * By a stored key.
     *
     * @param variable name of the environment variable that holds it
     */
    record KeyEnv(String variable) implements VendorAuth {}
}
