package io.github.batchferry.localgithub.rest.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.CommitIdentity;
import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.StableId;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** GitHub's shapes of commits and of the files they change. */
public final class CommitJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    public CommitJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    /** The shape {@code simple-commit}. */
    public static ObjectNode simple(RevCommit commit) {
        ObjectNode json = Json.object()
                .put("id", commit.name())
                .put("tree_id", commit.getTree().name())
                .put("message", commit.getFullMessage())
                .put("timestamp", RepositoryJson.time(commit.getCommitterIdent().getWhenAsInstant()));
        json.set("author", nameAndEmail(commit.getAuthorIdent()));
        json.set("committer", nameAndEmail(commit.getCommitterIdent()));
        return json;
    }

    private static ObjectNode nameAndEmail(PersonIdent person) {
        return Json.object().put("name", person.getName()).put("email", person.getEmailAddress());
    }

    /** The shape {@code git-commit}: git's view. */
    public ObjectNode git(HostedRepository repository, RevCommit commit) {
        String api = repositories.url(repository);
        ObjectNode json = Json.object()
                .put("sha", commit.name())
                .put("node_id", nodeId(repository, "Commit", commit.name()))
                .put("url", api + "/git/commits/" + commit.name())
                .put("html_url", html(repository, commit.name()));
        json.set("author", person(commit.getAuthorIdent()));
        json.set("committer", person(commit.getCommitterIdent()));
        json.put("message", message(commit));
        json.set("tree", tree(repository, commit));
        json.set("parents", parents(repository, commit, "/git/commits/"));
        json.set("verification", verification());
        return json;
    }

    /** The shape {@code commit}: with the accounts of the people. */
    public ObjectNode full(HostedRepository repository, RevCommit commit) {
        String url = repositories.url(repository) + "/commits/" + commit.name();
        ObjectNode json = Json.object()
                .put("sha", commit.name())
                .put("node_id", nodeId(repository, "Commit", commit.name()))
                .put("url", url)
                .put("html_url", html(repository, commit.name()))
                .put("comments_url", url + "/comments");
        ObjectNode inner = json.putObject("commit")
                .put("url", repositories.url(repository) + "/git/commits/" + commit.name())
                .put("message", message(commit))
                .put("comment_count", 0);
        inner.set("author", person(commit.getAuthorIdent()));
        inner.set("committer", person(commit.getCommitterIdent()));
        inner.set("tree", tree(repository, commit));
        inner.set("verification", verification());
        json.set("author", account(commit.getAuthorIdent()));
        json.set("committer", account(commit.getCommitterIdent()));
        json.set("parents", parents(repository, commit, "/commits/"));
        return json;
    }

    /** The shape {@code commit} with what it changes. */
    public ObjectNode full(HostedRepository repository, RevCommit commit, List<FileChange> all, List<FileChange> page) {
        ObjectNode json = full(repository, commit);
        int additions = all.stream().mapToInt(FileChange::additions).sum();
        int deletions = all.stream().mapToInt(FileChange::deletions).sum();
        json.putObject("stats")
                .put("total", additions + deletions)
                .put("additions", additions)
                .put("deletions", deletions);
        json.set("files", files(repository, commit.name(), page));
        return json;
    }

    /** Shapes {@code diff-entry}, as of a commit. */
    public ArrayNode files(HostedRepository repository, String commit, List<FileChange> changes) {
        ArrayNode files = Json.array();
        changes.forEach(change -> files.add(file(repository, commit, change)));
        return files;
    }

    private ObjectNode file(HostedRepository repository, String commit, FileChange change) {
        String html = repositories.htmlUrl(repository);
        String path = Paths.encode(change.path());
        ObjectNode json = Json.object()
                .put("sha", change.sha())
                .put("filename", change.path())
                .put("status", change.kind())
                .put("additions", change.additions())
                .put("deletions", change.deletions())
                .put("changes", change.additions() + change.deletions())
                .put("blob_url", html + "/blob/" + commit + "/" + path)
                .put("raw_url", html + "/raw/" + commit + "/" + path)
                .put("contents_url", repositories.url(repository) + "/contents/" + path + "?ref=" + commit);
        change.patch().ifPresent(patch -> json.put("patch", patch));
        change.before().ifPresent(before -> json.put("previous_filename", before));
        return json;
    }

    /** A person of git with a time. */
    public static ObjectNode person(PersonIdent person) {
        return Json.object()
                .put("name", person.getName())
                .put("email", person.getEmailAddress())
                .put("date", RepositoryJson.time(person.getWhenAsInstant()));
    }

    /** Nothing here is ever signed by a key that could be known. */
    public static ObjectNode verification() {
        return Json.object()
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload")
                .putNull("verified_at");
    }

    /** The id by which GraphQL would know an object of git. */
    public static String nodeId(HostedRepository repository, String kind, String name) {
        return AccountJson.nodeId(kind, StableId.of(repository.name() + " " + name));
    }

    private JsonNode account(PersonIdent person) {
        Optional<String> login = CommitIdentity.loginOf(person.getEmailAddress());
        return login.<JsonNode>map(accounts::simpleUser).orElse(NullNode.getInstance());
    }

    private static String message(RevCommit commit) {
        return commit.getFullMessage().stripTrailing();
    }

    private ObjectNode tree(HostedRepository repository, RevCommit commit) {
        String sha = commit.getTree().name();
        return Json.object().put("sha", sha).put("url", repositories.url(repository) + "/git/trees/" + sha);
    }

    private ArrayNode parents(HostedRepository repository, RevCommit commit, String folder) {
        ArrayNode parents = Json.array();
        for (RevCommit parent : commit.getParents()) {
            parents.addObject()
                    .put("sha", parent.name())
                    .put("url", repositories.url(repository) + folder + parent.name())
                    .put("html_url", html(repository, parent.name()));
        }
        return parents;
    }

    private String html(HostedRepository repository, String commit) {
        return repositories.htmlUrl(repository) + "/commit/" + commit;
    }
}
