package io.github.batchferry.localgithub.checks;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Finds the commits that calls name, or refuses in GitHub's words. */
final class Commits {
    private Commits() {}

    /** The commit of a branch, a tag, or a commit's name. */
    static String of(HostedRepository repository, String ref) throws IOException, ApiException {
        return repository.revision(ref).orElseThrow(() -> none(ref));
    }

    /** The commit of exactly this name. */
    static String existing(HostedRepository repository, String sha) throws IOException, ApiException {
        Optional<String> commit = ObjectId.isId(sha) ? repository.commitOf(Optional.of(sha)) : Optional.empty();
        return commit.filter(sha::equals).orElseThrow(() -> none(sha));
    }

    private static ApiException none(String ref) {
        return ApiException.unprocessable("No commit found for SHA: " + ref);
    }
}
