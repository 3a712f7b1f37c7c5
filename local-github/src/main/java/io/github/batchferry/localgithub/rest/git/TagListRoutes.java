package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.ResolvedRef;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/** Tags with the commits they lead to. */
public final class TagListRoutes implements Routes {
    private final RepositoryJson repositories;

    public TagListRoutes(RepositoryJson repositories) {
        this.repositories = repositories;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("GET", Route.REPOSITORY + "/tags", "contents", Access.READ, this::tags));
    }

    /** {@code GET /repos/{owner}/{repo}/tags}; a tag of something that is no commit is passed over. */
    public Response tags(Request request) throws IOException {
        HostedRepository repository = request.repository();
        List<ResolvedRef> found = new ArrayList<>();
        for (Ref ref : repository.refs().startingWith(Constants.R_TAGS)) {
            Optional<ResolvedRef> tag = repository.resolve(ref.getName());
            tag.ifPresent(found::add);
        }
        Collections.reverse(found);
        Page page = Page.of(request);
        ArrayNode tags = Json.array();
        page.of(found).forEach(tag -> tags.add(json(repository, tag)));
        String url = repositories.url(repository) + "/tags";
        return page.link(Response.ok(tags), url, request.query(), found.size());
    }

    private ObjectNode json(HostedRepository repository, ResolvedRef tag) {
        String api = repositories.url(repository);
        String path = Paths.encode(tag.fullName());
        ObjectNode json = Json.object()
                .put("name", tag.fullName().substring(Constants.R_TAGS.length()))
                .put("zipball_url", api + "/zipball/" + path)
                .put("tarball_url", api + "/tarball/" + path)
                .put("node_id", CommitJson.nodeId(repository, "Ref", tag.fullName()));
        json.putObject("commit").put("sha", tag.commit()).put("url", api + "/commits/" + tag.commit());
        return json;
    }
}
