package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.graphql.GraphType;
import io.github.batchferry.localgithub.graphql.Schema;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;

/** Releases for queries of GraphQL. */
public final class ReleaseTypes {
    private final Releases releases;
    private final ReleaseJson json;

    /** A release with its repository. */
    private record Found(HostedRepository repository, ReleaseRecord release) {}

    public ReleaseTypes(Releases releases, ReleaseJson json) {
        this.releases = releases;
        this.json = json;
    }

    /** Adds them to a schema, and to its repositories. */
    public void addTo(Schema schema) {
        GraphType<Found> type = new GraphType<>("Release", "Node");
        type.value("id", found -> AccountJson.nodeId("Release", found.release.id()))
                .value("databaseId", found -> found.release.id())
                .value("name", found -> found.release.name())
                .value("tagName", found -> found.release.tag())
                .value("description", found -> found.release.body())
                .value("isDraft", found -> found.release.draft())
                .value("isPrerelease", found -> found.release.prerelease())
                .value(
                        "isLatest",
                        found -> releases.of(found.repository)
                                .latest()
                                .filter(latest -> latest.id() == found.release.id())
                                .isPresent())
                .value("createdAt", found -> RepositoryJson.time(found.release.createdAt()))
                .value("publishedAt", found -> RepositoryJson.time(found.release.publishedAt()))
                .value("updatedAt", found -> RepositoryJson.time(found.release.updatedAt()))
                .value("url", found -> json.htmlUrl(found.repository, found.release))
                .object("author", "User", found -> found.release.author());
        schema.addWithLists(type);
        GraphType<HostedRepository> repositories = schema.type("Repository");
        repositories
                .list("releases", "Release", (repository, arguments, caller) -> visible(repository, caller))
                .field(
                        "release",
                        "Release",
                        (repository, arguments, caller) -> ofTag(repository, arguments.needed("tagName"), caller))
                .object(
                        "latestRelease",
                        "Release",
                        repository -> releases.of(repository)
                                .latest()
                                .map(release -> new Found(repository, release))
                                .orElse(null));
    }

    private Found ofTag(HostedRepository repository, String tag, Caller caller) {
        List<Found> found = visible(repository, caller).stream()
                .filter(each -> each.release.tag().equals(tag))
                .toList();
        return found.stream()
                .filter(each -> !each.release.draft())
                .findFirst()
                .orElse(found.isEmpty() ? null : found.get(0));
    }

    private List<Found> visible(HostedRepository repository, Caller caller) {
        boolean drafts = caller.may(repository.name(), "contents", Access.WRITE);
        return releases.of(repository).releases().stream()
                .filter(release -> drafts || !release.draft())
                .map(release -> new Found(repository, release))
                .toList();
    }
}
