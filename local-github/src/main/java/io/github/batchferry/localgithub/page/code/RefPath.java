package io.github.batchferry.localgithub.page.code;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place in a repository at a time.
 *
 * @param ref branch, tag or commit, as it is called
 * @param commit full name of the commit
 * @param path empty for the root
 */
record RefPath(String ref, String commit, String path) {
    /** Takes apart what stands in an address; branches may hold slashes, so the first that exists counts. */
    static RefPath of(HostedRepository repository, String refAndPath) throws IOException, ApiException {
        List<String> segments = Arrays.asList(refAndPath.split("/"));
        for (int i = 1; i <= segments.size(); i++) {
            String ref = String.join("/", segments.subList(0, i));
            Optional<String> commit = i == 1 ? repository.revision(ref) : repository.commitOf(Optional.of(ref));
            if (commit.isPresent()) {
                return new RefPath(ref, commit.get(), String.join("/", segments.subList(i, segments.size())));
            }
        }
        throw ApiException.notFound();
    }

    /** Address of another path at the same ref. */
    String address(HostedRepository repository, String kind, String other) {
        String base = "/" + repository.name() + "/" + kind + "/" + Paths.encode(ref);
        return other.isEmpty() ? base : base + "/" + Paths.encode(other);
    }
}
