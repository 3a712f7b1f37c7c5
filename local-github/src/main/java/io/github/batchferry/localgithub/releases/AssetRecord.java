package io.github.batchferry.localgithub.releases;

import java.time.Instant;

/**
 * A file of a release.
 *
 * @param id number that no other file or release of the repository has
 * @param name unique in its release
 * @param label shown instead of the name; null for none
 * @param contentType as it was said when it was uploaded
 * @param size in bytes
 * @param digest {@code sha256:} and 64 hex digits
 * @param downloads how often it was downloaded
 * @param uploader login
 * @param createdAt when it was uploaded
 * @param updatedAt when its name or label was last changed
 */
public record AssetRecord(
        long id,
        String name,
        String label,
        String contentType,
        long size,
        String digest,
        int downloads,
        String uploader,
        Instant createdAt,
        Instant updatedAt) {
    AssetRecord named(String newName, String newLabel, Instant now) {
        return new AssetRecord(id, newName, newLabel, contentType, size, digest, downloads, uploader, createdAt, now);
    }

    AssetRecord downloaded() {
        return new AssetRecord(
                id, name, label, contentType, size, digest, downloads + 1, uploader, createdAt, updatedAt);
    }
}
