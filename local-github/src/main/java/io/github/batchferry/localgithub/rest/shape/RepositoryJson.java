package io.github.batchferry.localgithub.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.store.StableId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** GitHub's shapes of repositories. */
public final class RepositoryJson {
    private static final String[] LISTS = {
        "contributors",
        "deployments",
        "downloads",
        "events",
        "forks",
        "hooks",
        "languages",
        "merges",
        "stargazers",
        "subscribers",
        "subscription",
        "tags",
        "teams",
    };
    private static final String[][] TEMPLATES = {
        {"archive", "{archive_format}{/ref}"},
        {"assignees", "assignees{/user}"},
        {"blobs", "git/blobs{/sha}"},
        {"branches", "branches{/branch}"},
        {"collaborators", "collaborators{/collaborator}"},
        {"comments", "comments{/number}"},
        {"commits", "commits{/sha}"},
        {"compare", "compare/{base}...{head}"},
        {"contents", "contents/{+path}"},
        {"git_commits", "git/commits{/sha}"},
        {"git_refs", "git/refs{/sha}"},
        {"git_tags", "git/tags{/sha}"},
        {"issue_comment", "issues/comments{/number}"},
        {"issue_events", "issues/events{/number}"},
        {"issues", "issues{/number}"},
        {"keys", "keys{/key_id}"},
        {"labels", "labels{/name}"},
        {"milestones", "milestones{/number}"},
        {"notifications", "notifications{?since,all,participating}"},
        {"pulls", "pulls{/number}"},
        {"releases", "releases{/id}"},
        {"statuses", "statuses/{sha}"},
        {"trees", "git/trees{/sha}"},
    };
    private static final String[] COUNTS = {
        "size",
        "forks",
        "forks_count",
        "stargazers_count",
        "watchers",
        "watchers_count",
        "subscribers_count",
        "network_count",
    };
    private static final String[] ABSENT = {
        "has_projects", "has_downloads", "has_wiki", "has_pages", "has_discussions", "archived", "disabled",
    };

    private final Addresses addresses;
    private final AccountJson accounts;
    private final RepositoryDocument<RepositoryProfile> profiles;
    private final RepositoryDocument<IssueBook> books;

    public RepositoryJson(
            Addresses addresses,
            AccountJson accounts,
            RepositoryDocument<RepositoryProfile> profiles,
            RepositoryDocument<IssueBook> books) {
        this.addresses = addresses;
        this.accounts = accounts;
        this.profiles = profiles;
        this.books = books;
    }

    /** Root of a repository's part of the API. */
    public String url(HostedRepository repository) {
        return addresses.api() + "/repos/" + repository.name();
    }

    /** Page of a repository for people. */
    public String htmlUrl(HostedRepository repository) {
        return addresses.html() + "/" + repository.name();
    }

    /** The shape {@code minimal-repository}. */
    public ObjectNode minimal(HostedRepository repository) {
        String url = url(repository);
        long id = StableId.of(repository.name().toString());
        ObjectNode json = Json.object()
                .put("id", id)
                .put("node_id", AccountJson.nodeId("Repository", id))
                .put("name", repository.name().name())
                .put("full_name", repository.name().toString())
                .put("private", true);
        json.set("owner", accounts.simpleUser(repository.name().owner()));
        json.put("html_url", htmlUrl(repository))
                .put("description", profiles.of(repository.name()).description());
        json.put("fork", false).put("url", url);
        for (String list : LISTS) {
            json.put(list + "_url", url + "/" + list);
        }
        for (String[] template : TEMPLATES) {
            json.put(template[0] + "_url", url + "/" + template[1]);
        }
        return json;
    }

    /** The shape {@code full-repository}. */
    public ObjectNode full(HostedRepository repository, boolean mayPush) throws IOException {
        String html = htmlUrl(repository);
        ObjectNode json = minimal(repository)
                .put("clone_url", html + ".git")
                .put("git_url", html + ".git")
                .put("ssh_url", html + ".git")
                .put("svn_url", html)
                .put("default_branch", repository.defaultBranch())
                .put("visibility", "private");
        for (String absent : new String[] {"mirror_url", "language", "license"}) {
            json.putNull(absent);
        }
        profile(json, profiles.of(repository.name()));
        int open = books.of(repository.name()).openIssues();
        json.put("open_issues", open).put("open_issues_count", open);
        for (String count : COUNTS) {
            json.put(count, 0);
        }
        for (String feature : ABSENT) {
            json.put(feature, false);
        }
        Instant created = repository.createdAt();
        Instant updated = profiles.of(repository.name()).updatedAt();
        json.put("created_at", time(created))
                .put("updated_at", time(updated == null ? created : updated))
                .put("pushed_at", time(repository.pushedAt()));
        json.putObject("permissions")
                .put("admin", mayPush)
                .put("maintain", mayPush)
                .put("push", mayPush)
                .put("triage", mayPush)
                .put("pull", true);
        return json;
    }

    private static void profile(ObjectNode json, RepositoryProfile profile) {
        json.put("homepage", profile.homepage())
                .put("has_issues", true)
                .put("has_pull_requests", true)
                .put("is_template", false)
                .put("allow_forking", false)
                .put("web_commit_signoff_required", false)
                .put("allow_merge_commit", profile.mergeCommits())
                .put("allow_squash_merge", profile.squashes())
                .put("allow_rebase_merge", profile.rebases())
                .put("allow_auto_merge", false)
                .put("allow_update_branch", false)
                .put("delete_branch_on_merge", profile.deleteBranches());
        json.putArray("topics");
    }

    /** A time as GitHub writes it: whole seconds of UTC. */
    public static String time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
