package io.github.batchferry.provider.targets;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GitHub App as which a target is reached, by the names of the places where its key is; never the key.
 *
 * @param id number or client id of the App
 * @param installation number of its installation; empty to find that of the repository
 * @param privateKeyEnv environment variable that holds the key in PEM; empty if a file does
 * @param privateKeyFile file that holds the key in PEM; relative ones start at the working directory
 */
public record AppAccess(
        String id, OptionalLong installation, Optional<String> privateKeyEnv, Optional<String> privateKeyFile) {
    /** @throws IllegalArgumentException if not exactly one place of the key is named */
    public AppAccess {
        if (privateKeyEnv.isPresent() == privateKeyFile.isPresent()) {
            throw new IllegalArgumentException("expected either private_key_env or private_key_file");
        }
    }
}
