package io.github.batchferry.localgithub.rest.content;

import io.github.batchferry.localgithub.hosting.Archive;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** All files of a commit in one, by links that live for a minute. */
public final class ArchiveRoutes implements Routes {
    private final TemporaryLinks links;
    private final Path spool;

    /** @param spool folder for archives on their way */
    public ArchiveRoutes(TemporaryLinks links, Path spool) {
        this.links = links;
        this.spool = spool;
    }

    /** Writes one of the two forms. */
    private interface Form {
        void write(Archive archive, OutputStream out) throws IOException;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", Route.REPOSITORY + "/tarball/{ref...}", "contents", Access.READ, this::tarball),
                Route.of("GET", Route.REPOSITORY + "/zipball/{ref...}", "contents", Access.READ, this::zipball));
    }

    /** {@code GET /repos/{owner}/{repo}/tarball/{ref}}. */
    public Response tarball(Request request) throws IOException, ApiException {
        return link(request, "application/x-gzip", ".tar.gz", Archive::tarball);
    }

    /** {@code GET /repos/{owner}/{repo}/zipball/{ref}}. */
    public Response zipball(Request request) throws IOException, ApiException {
        return link(request, "application/zip", ".zip", Archive::zipball);
    }

    private Response link(Request request, String type, String ending, Form form) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String ref = request.path().get("ref");
        Optional<String> commit = repository.revision(ref.isEmpty() ? "HEAD" : ref);
        String name = repository.name().owner() + "-" + repository.name().name() + "-"
                + commit.orElseThrow(ApiException::notFound).substring(0, 7);
        Archive archive = new Archive(repository, commit.get(), name);
        String link = links.create(
                () -> file(archive, type, form).with("Content-Disposition", "attachment; filename=" + name + ending));
        return Response.empty(302).with("Location", link);
    }

    private Response file(Archive archive, String type, Form form) throws IOException {
        Path file = Files.createTempFile(spool, "archive", "");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            form.write(archive, out);
        }
        return Response.bytes(
                type, Files.size(file), () -> Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
    }
}
