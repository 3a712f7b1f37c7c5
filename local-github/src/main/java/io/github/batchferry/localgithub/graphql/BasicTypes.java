package io.github.batchferry.localgithub.graphql;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** Accounts and repositories, and how queries get at them. An account is its login, a repository itself. */
public final class BasicTypes {
    private final Repositories repositories;
    private final RepositoryJson urls;
    private final AccountJson accounts;

    public BasicTypes(Repositories repositories, RepositoryJson urls, AccountJson accounts) {
        this.repositories = repositories;
        this.urls = urls;
        this.accounts = accounts;
    }

    /** Adds them to a schema. */
    public void addTo(Schema schema) {
        addQueries(schema.type("Query"));
        schema.addWithLists(user());
        schema.addWithLists(repository());
        schema.add(new GraphType<String>("Ref")
                .value("name", name -> name)
                .value("prefix", name -> "refs/heads/")
                .value("id", name -> AccountJson.nodeId("Ref", StableId.of(name))));
    }

    private void addQueries(GraphType<Object> query) {
        query.field("viewer", "User", (source, arguments, caller) -> caller.login())
                .field("user", "User", (source, arguments, caller) -> arguments.needed("login"))
                .field("repositoryOwner", "User", (source, arguments, caller) -> arguments.needed("login"))
                .field(
                        "repository",
                        "Repository",
                        (source, arguments, caller) ->
                                find(arguments.needed("owner"), arguments.needed("name"), caller));
    }

    private HostedRepository find(String owner, String name, Caller caller) throws IOException, GraphException {
        if (RepositoryName.valid(owner, name) && caller.sees(new RepositoryName(owner, name))) {
            HostedRepository found =
                    repositories.find(new RepositoryName(owner, name)).orElse(null);
            if (found != null) {
                return found;
            }
        }
        throw new GraphException(
                "NOT_FOUND", "Could not resolve to a Repository with the name '" + owner + "/" + name + "'.");
    }

    private GraphType<String> user() {
        return new GraphType<String>("User", "Actor", "RepositoryOwner", "Node", "ProfileOwner")
                .value("id", login -> AccountJson.nodeId("User", StableId.of(login)))
                .value("databaseId", StableId::of)
                .value("login", login -> login)
                .value("name", login -> "")
                .value("url", login -> accounts.simpleUser(login).path("html_url"))
                .value("avatarUrl", login -> accounts.simpleUser(login).path("avatar_url"));
    }

    private GraphType<HostedRepository> repository() {
        GraphType<HostedRepository> type = new GraphType<>("Repository", "Node");
        identity(type);
        features(type);
        return type.object("owner", "User", repository -> repository.name().owner())
                .object("defaultBranchRef", "Ref", HostedRepository::defaultBranch)
                .object("parent", "Repository", repository -> null)
                .object("templateRepository", "Repository", repository -> null)
                .field("viewerPermission", "", (repository, arguments, caller) -> permission(repository, caller))
                .field(
                        "viewerCanAdminister",
                        "",
                        (repository, arguments, caller) ->
                                permission(repository, caller).equals("ADMIN"));
    }

    private static String permission(HostedRepository repository, Caller caller) {
        if (caller instanceof Caller.User) {
            return "ADMIN";
        }
        return caller.may(repository.name(), "contents", Access.WRITE) ? "WRITE" : "READ";
    }

    private void identity(GraphType<HostedRepository> type) {
        type.value("id", repository -> urls.minimal(repository).path("node_id"))
                .value("databaseId", repository -> StableId.of(repository.name().toString()))
                .value("name", repository -> repository.name().name())
                .value("nameWithOwner", repository -> repository.name().toString())
                .value("url", urls::htmlUrl)
                .value("sshUrl", repository -> urls.htmlUrl(repository) + ".git")
                .value("createdAt", repository -> RepositoryJson.time(repository.createdAt()))
                .value("updatedAt", repository -> RepositoryJson.time(repository.createdAt()))
                .value("pushedAt", repository -> RepositoryJson.time(repository.createdAt()))
                .value("description", repository -> urls.minimal(repository).path("description"))
                .value("isPrivate", repository -> urls.minimal(repository).path("private"))
                .value(
                        "visibility",
                        repository -> urls.minimal(repository).path("private").asBoolean() ? "PRIVATE" : "PUBLIC")
                .value(
                        "isEmpty",
                        repository ->
                                repository.commitOf(java.util.Optional.empty()).isEmpty());
    }

    /** What GitHub offers and this does not. */
    private static void features(GraphType<HostedRepository> type) {
        List.of(
                        "isArchived",
                        "isFork",
                        "isMirror",
                        "isTemplate",
                        "isInOrganization",
                        "isLocked",
                        "hasProjectsEnabled",
                        "hasWikiEnabled",
                        "hasDiscussionsEnabled",
                        "deleteBranchOnMerge",
                        "viewerHasStarred")
                .forEach(name -> type.constant(name, false));
        List.of("hasIssuesEnabled", "mergeCommitAllowed", "squashMergeAllowed", "rebaseMergeAllowed")
                .forEach(name -> type.constant(name, true));
        List.of("forkCount", "stargazerCount", "diskUsage").forEach(name -> type.constant(name, 0));
        List.of("homepageUrl", "mirrorUrl").forEach(name -> type.constant(name, null));
        type.constant("viewerDefaultMergeMethod", "MERGE");
    }
}
