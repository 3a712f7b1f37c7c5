package io.github.batchferry.localgithub.apps;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A token of an installation, by which nobody could guess it.
 *
 * @param digest SHA-256 of the token, in hex
 * @param installationId whose it is
 * @param repositories names of the repositories it is for; empty for all of the installation
 * @param permissions name to read, write or admin
 * @param expiresAt when it ends
 */
record TokenRecord(
        String digest,
        long installationId,
        List<String> repositories,
        Map<String, String> permissions,
        Instant expiresAt) {
    TokenRecord {
        repositories = List.copyOf(repositories);
        permissions = Collections.unmodifiableMap(new TreeMap<>(permissions));
    }
}
