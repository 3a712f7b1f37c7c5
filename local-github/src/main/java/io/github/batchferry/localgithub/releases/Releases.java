package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The releases of all repositories. Thread-safe: changes are made one after the other. */
public final class Releases {
    private final RepositoryDocument<ReleaseBook> books;
    private final AssetFiles files;
    private final Clock clock;

    public Releases(StateDirectory directory, Clock clock) {
        this.books = new RepositoryDocument<>(directory, "releases", ReleaseBook.class, ReleaseBook.EMPTY);
        this.files = new AssetFiles(directory);
        this.clock = clock;
    }

    /** The releases of a repository. */
    public ReleaseBook of(HostedRepository repository) {
        return books.of(repository.name());
    }

    /** A release by what stands for its tag in URLs, drafts among them. */
    public Optional<ReleaseRecord> ofSlug(HostedRepository repository, String slug) {
        return of(repository).ofSlug(slug);
    }

    /** Opens a file of a release for somebody who downloads it. */
    public InputStream open(HostedRepository repository, AssetRecord asset) throws IOException {
        change(repository, asset.downloaded());
        return Files.newInputStream(files.file(repository.name(), asset.id()));
    }

    AssetFiles files() {
        return files;
    }

    /** A number for something new of a repository. */
    private long nextId(RepositoryName repository) {
        return books.update(repository, before -> before.withNumber(before.lastId() + 1))
                .lastId();
    }

    /** Creates a release, and its tag if it is to be published and there is none. */
    synchronized ReleaseRecord create(HostedRepository repository, ReleaseChange change, String notes, String author)
            throws IOException, ApiException {
        Instant now = clock.instant();
        ReleaseRecord blank = new ReleaseRecord(
                nextId(repository.name()),
                change.tag().orElseThrow(),
                repository.defaultBranch(),
                null,
                null,
                true,
                false,
                false,
                author,
                now,
                null,
                now,
                List.of());
        ReleaseRecord made = changed(repository, blank, change, change.draft().orElse(false), notes);
        books.update(repository.name(), before -> before.with(made));
        return made;
    }

    /** Changes a release; one that is published gets its tag. */
    synchronized ReleaseRecord update(HostedRepository repository, ReleaseRecord release, ReleaseChange change)
            throws IOException, ApiException {
        ReleaseRecord made = changed(repository, release, change, change.draft().orElse(release.draft()), "");
        books.update(repository.name(), before -> before.changed(made));
        return made;
    }

    private ReleaseRecord changed(
            HostedRepository repository, ReleaseRecord release, ReleaseChange change, boolean draft, String notes)
            throws IOException, ApiException {
        String tag = change.tag().orElse(release.tag());
        String target = change.target().orElse(release.target());
        Instant now = clock.instant();
        if (!draft) {
            if (of(repository)
                    .ofTag(tag)
                    .filter(other -> other.id() != release.id())
                    .isPresent()) {
                throw ApiException.invalid(FieldError.of("Release", "tag_name", "already_exists"));
            }
            ReleaseTags.ensure(repository, tag, target);
        }
        boolean prerelease = change.prerelease().orElse(release.prerelease());
        boolean appears = release.draft() && !draft;
        String latest = change.makeLatest().orElse(appears ? "true" : "" + release.latest());
        return new ReleaseRecord(
                release.id(),
                tag,
                target,
                change.name().orElse(release.name()),
                body(change.body().orElse(release.body()), notes),
                draft,
                prerelease,
                latest.equals("true") && !draft && !prerelease,
                release.author(),
                ReleaseTags.time(repository, tag).orElse(release.createdAt()),
                draft ? null : appears ? now : release.publishedAt(),
                now,
                release.assets());
    }

    private static String body(String body, String notes) {
        if (notes.isEmpty()) {
            return body;
        }
        return body == null || body.isEmpty() ? notes : body + "\n\n" + notes;
    }

    /** Removes a release with its files; its tag stays. */
    synchronized void delete(HostedRepository repository, ReleaseRecord release) throws IOException {
        books.update(repository.name(), before -> before.without(release.id()));
        for (AssetRecord asset : release.assets()) {
            files.delete(repository.name(), asset.id());
        }
    }

    /** Adds a file that has arrived. */
    synchronized AssetRecord add(
            HostedRepository repository, long releaseId, AssetRecord described, AssetFiles.Arrived arrived)
            throws IOException, ApiException {
        ReleaseRecord release = of(repository).find(releaseId).orElseThrow(ApiException::notFound);
        refuseTaken(release, described.name(), 0);
        AssetRecord asset = new AssetRecord(
                nextId(repository.name()),
                described.name(),
                described.label(),
                described.contentType(),
                arrived.size(),
                arrived.digest(),
                0,
                described.uploader(),
                clock.instant(),
                clock.instant());
        files.keep(arrived, repository.name(), asset.id());
        AssetList assets = new AssetList(release.assets()).with(asset);
        books.update(repository.name(), before -> before.changed(release.withAssets(assets.all(), clock.instant())));
        return asset;
    }

    static void refuseTaken(ReleaseRecord release, String name, long exceptId) throws ApiException {
        if (release.asset(name).filter(other -> other.id() != exceptId).isPresent()) {
            throw ApiException.invalid(FieldError.of("ReleaseAsset", "name", "already_exists"));
        }
    }

    /** Replaces what is known of a file. */
    synchronized void change(HostedRepository repository, AssetRecord asset) {
        books.update(
                repository.name(),
                before -> before.ofAsset(asset.id())
                        .map(release -> before.changed(release.withAssets(
                                new AssetList(release.assets()).changed(asset).all(), release.updatedAt())))
                        .orElse(before));
    }

    /** Removes a file. */
    synchronized void delete(HostedRepository repository, ReleaseRecord release, AssetRecord asset) throws IOException {
        AssetList left = new AssetList(release.assets()).without(asset.id());
        books.update(repository.name(), before -> before.changed(release.withAssets(left.all(), clock.instant())));
        files.delete(repository.name(), asset.id());
    }
}
