package io.github.batchferry.localgithub.releases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release.
 *
 * @param id number that no other file or release of the repository has
 * @param tag short name of its tag, which a draft may not have yet
 * @param target branch or commit that the tag is made at if it is missing
 * @param name for people; null for none
 * @param body what is new, in Markdown; null for none
 * @param draft whether only those who may push see it
 * @param prerelease whether it is not meant for everybody
 * @param latest whether it was made the latest on purpose
 * @param author login
 * @param createdAt time of its commit; of its own making while it has none
 * @param publishedAt null for a draft
 * @param updatedAt when it last changed
 * @param assets its files, in the order in which they came
 */
public record ReleaseRecord(
        long id,
        String tag,
        String target,
        String name,
        String body,
        boolean draft,
        boolean prerelease,
        boolean latest,
        String author,
        Instant createdAt,
        Instant publishedAt,
        Instant updatedAt,
        List<AssetRecord> assets) {
    public ReleaseRecord {
        assets = List.copyOf(assets);
    }

    /** What stands for the tag in URLs. */
    public String slug() {
        return draft ? "untagged-" + Long.toHexString(0x1000_0000L | id) : tag;
    }

    /** A file by its name. */
    public Optional<AssetRecord> asset(String fileName) {
        return assets.stream().filter(asset -> asset.name().equals(fileName)).findFirst();
    }

    ReleaseRecord withAssets(List<AssetRecord> others, Instant now) {
        return new ReleaseRecord(
                id, tag, target, name, body, draft, prerelease, latest, author, createdAt, publishedAt, now, others);
    }

    ReleaseRecord withLatest(boolean isLatest) {
        return new ReleaseRecord(
                id,
                tag,
                target,
                name,
                body,
                draft,
                prerelease,
                isLatest,
                author,
                createdAt,
                publishedAt,
                updatedAt,
                assets);
    }
}
