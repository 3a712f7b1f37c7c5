package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import java.util.Optional;

/** The notes that GitHub writes for a release: here, where to see what changed. */
public final class ReleaseNotes {
    private final Releases releases;
    private final RepositoryJson repositories;

    public ReleaseNotes(Releases releases, RepositoryJson repositories) {
        this.releases = releases;
        this.repositories = repositories;
    }

    /**
     * Writes notes, in Markdown.
     *
     * @param previous tag to compare with; that of the latest release if it is empty
     */
    String text(HostedRepository repository, String tag, Optional<String> previous) {
        String html = repositories.htmlUrl(repository);
        String range = previous.or(() -> releases.of(repository).latest().map(ReleaseRecord::tag))
                .filter(other -> !other.equals(tag))
                .map(other -> "/compare/" + Paths.encode(other) + "..." + Paths.encode(tag))
                .orElse("/commits/" + Paths.encode(tag));
        return "**Full Changelog**: " + html + range;
    }
}
