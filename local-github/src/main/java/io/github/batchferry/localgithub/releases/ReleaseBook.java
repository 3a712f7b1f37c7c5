package io.github.batchferry.localgithub.releases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The releases of a repository.
 *
 * @param lastId the largest number that was given
 * @param releases newest first
 */
public record ReleaseBook(long lastId, List<ReleaseRecord> releases) {
    /** What a new repository has. */
    public static final ReleaseBook EMPTY = new ReleaseBook(0, List.of());

    public ReleaseBook {
        releases = List.copyOf(releases);
    }

    /** A release by its number. */
    public Optional<ReleaseRecord> find(long id) {
        return releases.stream().filter(release -> release.id() == id).findFirst();
    }

    /** The published release of a tag. */
    public Optional<ReleaseRecord> ofTag(String tag) {
        return releases.stream()
                .filter(release -> !release.draft() && release.tag().equals(tag))
                .findFirst();
    }

    /** The release that a path of a page names. */
    Optional<ReleaseRecord> ofSlug(String slug) {
        return releases.stream().filter(release -> release.slug().equals(slug)).findFirst();
    }

    /** The release that has a file. */
    Optional<ReleaseRecord> ofAsset(long asset) {
        return releases.stream()
                .filter(release -> release.assets().stream().anyMatch(each -> each.id() == asset))
                .findFirst();
    }

    /** The one that people are led to: the one that was made so on purpose, else the newest that is for everybody. */
    public Optional<ReleaseRecord> latest() {
        List<ReleaseRecord> open = releases.stream()
                .filter(release -> !release.draft() && !release.prerelease())
                .toList();
        return open.stream()
                .filter(ReleaseRecord::latest)
                .findFirst()
                .or(() -> open.stream().max(Comparator.comparing(ReleaseRecord::createdAt)));
    }

    ReleaseBook with(ReleaseRecord release) {
        List<ReleaseRecord> more = new ArrayList<>();
        more.add(release);
        more.addAll(releases);
        return new ReleaseBook(Math.max(lastId, release.id()), more).onlyLatest(release);
    }

    ReleaseBook changed(ReleaseRecord changed) {
        return new ReleaseBook(lastId, each(release -> release.id() == changed.id() ? changed : release))
                .onlyLatest(changed);
    }

    private ReleaseBook onlyLatest(ReleaseRecord one) {
        return one.latest()
                ? new ReleaseBook(lastId, each(release -> release.withLatest(release.id() == one.id())))
                : this;
    }

    private List<ReleaseRecord> each(UnaryOperator<ReleaseRecord> change) {
        return releases.stream().map(change).toList();
    }

    ReleaseBook without(long id) {
        return new ReleaseBook(
                lastId, releases.stream().filter(release -> release.id() != id).toList());
    }

    ReleaseBook withNumber(long id) {
        return new ReleaseBook(Math.max(lastId, id), releases);
    }
}
