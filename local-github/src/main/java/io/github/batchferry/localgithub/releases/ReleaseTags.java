package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.ResolvedRef;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/** The tags of releases. */
final class ReleaseTags {
    private ReleaseTags() {}

    /** Sees to it that a tag is there: if it is missing, it is made at the target. */
    static void ensure(HostedRepository repository, String tag, String target) throws IOException, ApiException {
        if (commit(repository, tag).isPresent()) {
            return;
        }
        if (repository.isEmpty()) {
            throw ApiException.invalid(FieldError.custom("Release", "Repository is empty."));
        }
        String commit = repository
                .commitOf(Optional.of(target))
                .orElseThrow(() -> ApiException.invalid(FieldError.of("Release", "target_commitish", "invalid")));
        repository.refs().create(Constants.R_TAGS + tag, commit);
        if (commit(repository, tag).isEmpty()) {
            throw ApiException.invalid(FieldError.custom("Release", "Published releases must have a valid tag"));
        }
    }

    /** When the commit of a tag was made. */
    static Optional<Instant> time(HostedRepository repository, String tag) throws IOException {
        Optional<String> commit = commit(repository, tag);
        return commit.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        repository.commit(commit.get()).getCommitterIdent().getWhenAsInstant());
    }

    private static Optional<String> commit(HostedRepository repository, String tag) throws IOException {
        return repository.resolve(Constants.R_TAGS + tag).map(ResolvedRef::commit);
    }
}
