package io.github.batchferry.localgithub.rest.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;

/** What GitHub tells of a file or folder without what is in it. */
final class EntryJson {
    private final RepositoryJson repositories;
    private final TemporaryLinks links;

    EntryJson(RepositoryJson repositories, TemporaryLinks links) {
        this.repositories = repositories;
        this.links = links;
    }

    /** An entry of its own; a file is given a link to its bytes, which is another one each time. */
    ObjectNode of(HostedRepository repository, TreeEntry entry, String commit) {
        boolean directory = entry instanceof TreeEntry.Directory;
        String path = Paths.encode(entry.path());
        String self = repositories.url(repository) + "/contents/" + path + "?ref=" + commit;
        String git = repositories.url(repository) + "/git/" + (directory ? "trees/" : "blobs/") + entry.sha();
        String html = repositories.htmlUrl(repository) + (directory ? "/tree/" : "/blob/") + commit + "/" + path;
        ObjectNode json = Json.object()
                .put("type", type(entry))
                .put("size", entry instanceof TreeEntry.File file ? file.size() : 0)
                .put("name", entry.name())
                .put("path", entry.path())
                .put("sha", entry.sha())
                .put("url", self)
                .put("git_url", git)
                .put("html_url", html)
                .put("download_url", download(repository, entry));
        json.putObject("_links").put("self", self).put("git", git).put("html", html);
        return json;
    }

    /** An entry of a directory; submodules are called files there, in this version of the API. */
    ObjectNode child(HostedRepository repository, TreeEntry entry, String commit) {
        ObjectNode json = of(repository, entry, commit);
        return json.path("type").asText().equals("submodule") ? json.put("type", "file") : json;
    }

    private static String type(TreeEntry entry) {
        if (entry instanceof TreeEntry.Other other) {
            return other.type();
        }
        return entry instanceof TreeEntry.Directory ? "dir" : "file";
    }

    private String download(HostedRepository repository, TreeEntry entry) {
        return entry instanceof TreeEntry.File file
                ? links.create(() -> raw(repository, file, "application/octet-stream"))
                : null;
    }

    /** The bytes of a file. */
    static Response raw(HostedRepository repository, TreeEntry.File file, String contentType) {
        return Response.bytes(contentType, file.size(), () -> repository.open(file));
    }
}
