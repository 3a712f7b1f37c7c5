package io.github.batchferry.runner.vendor;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where a vendor's credential comes from, asked before every call. Thread-safe. */
@FunctionalInterface
public interface CredentialSource {
    /**
     * The credential that is valid now; empty for vendors that need none. Fails with an {@link java.io.IOException} where
     * asking again may help.
     */
    CompletableFuture<Optional<Credential>> current();

    /** A source that always has the same. */
    static CredentialSource fixed(Optional<Credential> credential) {
        return () -> CompletableFuture.completedFuture(credential);
    }
}
