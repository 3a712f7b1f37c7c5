package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.actions.Listing;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.SecretRecord;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.SettingName;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of secrets, of repositories and of their environments. Values are not taken here: GitHub takes them sealed for
 * a key of its own, in a form that the JDK cannot open.
 */
public final class SecretRoutes implements Routes {
    private static final String NOT_TAKEN = "the embedded GitHub takes no secrets by its API: set them with"
            + " `ferry local-github secret set NAME [--env ENVIRONMENT]` or, in Java, with `LocalGitHub.setSecret`";

    private final RepositoryJson repositories;
    private final RepositoryDocument<RepositorySettings> settings;
    private final SecretStore secrets;

    public SecretRoutes(
            RepositoryJson repositories, RepositoryDocument<RepositorySettings> settings, SecretStore secrets) {
        this.repositories = repositories;
        this.settings = settings;
        this.secrets = secrets;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        routes(Route.REPOSITORY + "/actions/secrets", "secrets"),
                        routes(EnvironmentCall.PATH + "/secrets", "environments"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> routes(String path, String scope) {
        return List.of(
                Route.of("GET", path, scope, Access.READ, this::list),
                Route.of("GET", path + "/public-key", scope, Access.READ, SecretRoutes::refuse),
                Route.of("GET", path + "/{secret}", scope, Access.READ, this::get),
                Route.of("PUT", path + "/{secret}", scope, Access.WRITE, SecretRoutes::refuse),
                Route.of("DELETE", path + "/{secret}", scope, Access.WRITE, this::delete));
    }

    private static Response refuse(Request request) throws ApiException {
        throw ApiException.unprocessable(NOT_TAKEN);
    }

    private List<SecretRecord> all(Request request) throws IOException, ApiException {
        RepositoryName repository = request.repository().name();
        return EnvironmentCall.name(request).isEmpty()
                ? secrets.records(repository)
                : secrets.records(
                        repository, EnvironmentCall.find(settings, request).name());
    }

    /** {@code GET …/secrets}. */
    public Response list(Request request) throws IOException, ApiException {
        String place = EnvironmentCall.name(request).map(EnvironmentCall::path).orElse("/actions");
        return new Listing("secrets", repositories.url(request.repository()) + place + "/secrets")
                .of(request, all(request), SecretRoutes::json);
    }

    private static ObjectNode json(SecretRecord secret) {
        return Json.object()
                .put("name", secret.name())
                .put("created_at", RepositoryJson.time(secret.createdAt()))
                .put("updated_at", RepositoryJson.time(secret.updatedAt()));
    }

    /** {@code GET …/secrets/{secret}}. */
    public Response get(Request request) throws IOException, ApiException {
        String name = SettingName.kept(request.path().get("secret"));
        return Response.ok(json(all(request).stream()
                .filter(secret -> secret.name().equals(name))
                .findFirst()
                .orElseThrow(ApiException::notFound)));
    }

    /** {@code DELETE …/secrets/{secret}}. */
    public Response delete(Request request) throws IOException, ApiException {
        RepositoryName repository = request.repository().name();
        String name = SettingName.kept(request.path().get("secret"));
        boolean deleted = EnvironmentCall.name(request).isEmpty()
                ? secrets.delete(repository, name)
                : secrets.delete(
                        repository, EnvironmentCall.find(settings, request).name(), name);
        if (!deleted) {
            throw ApiException.notFound();
        }
        return Response.empty(204);
    }
}
