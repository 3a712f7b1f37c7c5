package io.github.batchferry.provider.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.github.RestReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files, commits, pull requests and secrets' names of a repository, by REST alone. */
final class RunnerRepository {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PAGE = "?per_page=100";

    private final GitHubRest rest;

    RunnerRepository(GitHubRest rest) {
        this.rest = rest;
    }

    /** The commit of a branch; empty if there is no such branch, or nothing at all in the repository. */
    Optional<String> head(String branch) throws GitHubException {
        RestReply reply = rest.get("read branch `" + branch + "`", "/git/ref/heads/" + path(branch));
        return reply.is(404, 409)
                ? Optional.empty()
                : Optional.of(reply.expect(200).json().at("/object/sha").asText());
    }

    /** The git names of the files in a folder of the default branch, by their paths. */
    Map<String, String> blobs(String folder) throws GitHubException {
        RestReply reply = rest.get("list `" + folder + "`", "/contents/" + path(folder));
        Map<String, String> blobs = new HashMap<>();
        if (!reply.is(404)) {
            for (JsonNode entry : reply.expect(200).json()) {
                blobs.put(entry.path("path").asText(), entry.path("sha").asText());
            }
        }
        return blobs;
    }

    /** The content of a file of the default branch; empty if it is not there. */
    Optional<byte[]> file(String name) throws GitHubException {
        RestReply reply = rest.raw("read file `" + name + "`", "/contents/" + path(name));
        return reply.is(404) ? Optional.empty() : Optional.of(reply.expect(200).bytes());
    }

    /** The first commit of an empty repository, which only this call can make. */
    void firstCommit(String name, byte[] content, String message) throws GitHubException {
        ObjectNode body = JSON.objectNode().put("message", message).put("content", base64(content));
        rest.send("PUT", "commit `" + name + "`", "/contents/" + path(name), body)
                .expect(201);
    }

    /** Makes the folder that a commit becomes by adding or replacing files; its git name. */
    String tree(String commit, Map<String, byte[]> files) throws GitHubException {
        ObjectNode tree = JSON.objectNode().put("base_tree", treeOf(commit));
        ArrayNode entries = tree.putArray("tree");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            entries.addObject()
                    .put("path", file.getKey())
                    .put("mode", "100644")
                    .put("type", "blob")
                    .put("sha", blob(file.getValue()));
        }
        return created("write files", "trees", tree);
    }

    /** The git name of the folder that a commit shows. */
    String treeOf(String commit) throws GitHubException {
        return rest.get("read commit " + commit, "/git/commits/" + commit)
                .expect(200)
                .json()
                .at("/tree/sha")
                .asText();
    }

    /** Makes a commit that no branch shows yet. */
    String commit(String parent, String tree, String message) throws GitHubException {
        ObjectNode commit = JSON.objectNode().put("message", message).put("tree", tree);
        commit.putArray("parents").add(parent);
        return created("commit", "commits", commit);
    }

    private String blob(byte[] content) throws GitHubException {
        ObjectNode blob = JSON.objectNode().put("content", base64(content)).put("encoding", "base64");
        return created("write a file", "blobs", blob);
    }

    private String created(String task, String kind, ObjectNode body) throws GitHubException {
        return rest.send("POST", task, "/git/" + kind, body)
                .expect(201)
                .json()
                .path("sha")
                .asText();
    }

    /** Moves a branch forward to a commit. */
    void advance(String branch, String commit) throws GitHubException {
        move(branch, commit, false);
    }

    /** Lets a branch begin at a commit, whatever it showed before. */
    void place(String branch, String commit) throws GitHubException {
        if (head(branch).isPresent()) {
            move(branch, commit, true);
            return;
        }
        ObjectNode ref = JSON.objectNode().put("ref", "refs/heads/" + branch).put("sha", commit);
        rest.send("POST", "create branch `" + branch + "`", "/git/refs", ref).expect(201);
    }

    private void move(String branch, String commit, boolean force) throws GitHubException {
        ObjectNode ref = JSON.objectNode().put("sha", commit).put("force", force);
        rest.send("PATCH", "move branch `" + branch + "`", "/git/refs/heads/" + path(branch), ref)
                .expect(200);
    }

    /** The address of the open pull request from one branch to another; opens it if there is none. */
    String pullRequest(String head, String base, String title, String text) throws GitHubException {
        String owner = rest.repository().owner();
        JsonNode open = rest.get(
                        "list the pull requests",
                        "/pulls?state=open&head=" + encoded(owner + ":" + head) + "&base=" + encoded(base))
                .expect(200)
                .json();
        if (!open.isEmpty()) {
            return open.at("/0/html_url").asText();
        }
        ObjectNode body = JSON.objectNode()
                .put("title", title)
                .put("head", head)
                .put("base", base)
                .put("body", text);
        return rest.send("POST", "open a pull request", "/pulls", body)
                .expect(201)
                .json()
                .path("html_url")
                .asText();
    }

    /** Names of the secrets of an environment; empty if the token may not see them. None if there is no such environment. */
    Optional<Set<String>> environmentSecrets(String environment) throws GitHubException {
        RestReply reply = rest.get(
                "list the secrets of environment `" + environment + "`",
                "/environments/" + path(environment) + "/secrets" + PAGE);
        return reply.is(404) ? Optional.of(Set.of()) : names(reply);
    }

    /** Names of the secrets of the repository itself; empty if the token may not see them. */
    Optional<Set<String>> repositorySecrets() throws GitHubException {
        return names(rest.get("list the secrets", "/actions/secrets" + PAGE));
    }

    private static Optional<Set<String>> names(RestReply reply) throws GitHubException {
        if (reply.is(403, 404)) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        reply.expect(200)
                .json()
                .path("secrets")
                .forEach(secret -> names.add(secret.path("name").asText()));
        return Optional.of(names);
    }

    static String path(String name) {
        return encoded(name).replace("%2F", "/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }
}
