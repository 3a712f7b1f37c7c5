package io.github.batchferry.localgithub.apps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StableId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an App asks in its own name: who it is, where it is installed, and tokens for that. */
public final class AppRoutes implements Routes {
    private final Apps apps;
    private final AppAuthentication authentication;
    private final AppJson json;
    private final InstalledRepositories repositories;
    private final Addresses addresses;

    /** @param clock tells whether what an App signed is still good */
    public AppRoutes(Apps apps, AppJson json, InstalledRepositories repositories, Addresses addresses, Clock clock) {
        this.apps = apps;
        this.authentication = new AppAuthentication(apps, clock);
        this.json = json;
        this.repositories = repositories;
        this.addresses = addresses;
    }

    @Override
    public List<Route> routes() {
        String installation = "/app/installations/{installation}";
        return List.of(
                Route.unchecked("GET", "/app", this::app),
                Route.unchecked("GET", "/app/installations", this::installations),
                Route.unchecked("GET", installation, this::installation),
                Route.unchecked("POST", installation + "/access_tokens", this::createToken),
                Route.unchecked("GET", Route.REPOSITORY + "/installation", this::ofRepository),
                Route.unchecked("GET", "/orgs/{owner}/installation", this::ofAccount),
                Route.unchecked("GET", "/users/{owner}/installation", this::ofAccount));
    }

    /** {@code GET /app}. */
    public Response app(Request request) throws ApiException {
        AppRecord app = authentication.app(request);
        return Response.ok(
                json.app(app).put("installations_count", apps.installations(app).size()));
    }

    /** {@code GET /app/installations}. */
    public Response installations(Request request) throws ApiException {
        AppRecord app = authentication.app(request);
        List<InstallationRecord> all = apps.installations(app);
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(each -> list.add(json.installation(each, app)));
        return page.link(Response.ok(list), addresses.api() + "/app/installations", request.query(), all.size());
    }

    /** {@code GET /app/installations/{installation}}. */
    public Response installation(Request request) throws ApiException {
        AppRecord app = authentication.app(request);
        return Response.ok(json.installation(find(request, app), app));
    }

    private InstallationRecord find(Request request, AppRecord app) throws ApiException {
        long id = request.id("installation");
        return apps.installations(app).stream()
                .filter(installation -> installation.id() == id)
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET /repos/{owner}/{repo}/installation}. */
    public Response ofRepository(Request request) throws IOException, ApiException {
        AppRecord app = authentication.app(request);
        String owner = request.path().get("owner");
        String name = request.path().get("repo");
        InstallationRecord installation = apps.on(app, owner)
                .filter(found ->
                        RepositoryName.valid(owner, name) && Apps.covers(found, new RepositoryName(owner, name)))
                .orElseThrow(ApiException::notFound);
        if (repositories.find(new RepositoryName(owner, name)).isEmpty()) {
            throw ApiException.notFound();
        }
        return Response.ok(json.installation(installation, app));
    }

    /** {@code GET /orgs/{owner}/installation} and the same of users. */
    public Response ofAccount(Request request) throws ApiException {
        AppRecord app = authentication.app(request);
        return Response.ok(
                json.installation(apps.on(app, request.path().get("owner")).orElseThrow(ApiException::notFound), app));
    }

    /** {@code POST /app/installations/{installation}/access_tokens}. */
    public Response createToken(Request request) throws IOException, ApiException {
        AppRecord app = authentication.app(request);
        InstallationRecord installation = find(request, app);
        Fields fields = Fields.orNone(request, "Installation");
        List<HostedRepository> chosen = chosen(fields, installation);
        try {
            Apps.NewToken made = apps.createToken(
                    installation,
                    chosen.stream().map(repository -> repository.name().name()).toList(),
                    permissions(request, fields));
            return Response.json(201, json(made, chosen));
        } catch (AppRefusedException e) {
            throw new ApiException(e.status(), e.getMessage());
        }
    }

    private List<HostedRepository> chosen(Fields fields, InstallationRecord installation)
            throws IOException, ApiException {
        List<String> names = fields.texts("repositories").orElse(List.of());
        List<Long> ids = new ArrayList<>();
        fields.list("repository_ids").ifPresent(list -> list.forEach(id -> ids.add(id.asLong())));
        List<HostedRepository> chosen = new ArrayList<>();
        for (HostedRepository repository : repositories.of(installation)) {
            if (names.contains(repository.name().name())
                    || ids.contains(StableId.of(repository.name().toString()))) {
                chosen.add(repository);
            }
        }
        if (chosen.size() < Math.max(names.size(), ids.size())) {
            throw new ApiException(
                    422,
                    "There is at least one repository that does not exist or is not accessible to the parent"
                            + " installation.");
        }
        return chosen;
    }

    private static Optional<Map<String, String>> permissions(Request request, Fields fields) throws ApiException {
        if (fields.object("permissions").isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> permissions = new LinkedHashMap<>();
        request.object()
                .path("permissions")
                .properties()
                .forEach(entry ->
                        permissions.put(entry.getKey(), entry.getValue().asText()));
        return permissions.isEmpty() ? Optional.empty() : Optional.of(permissions);
    }

    private ObjectNode json(Apps.NewToken made, List<HostedRepository> chosen) throws IOException {
        ObjectNode answer = Json.object()
                .put("token", made.token())
                .put("expires_at", RepositoryJson.time(made.record().expiresAt()));
        ObjectNode permissions = answer.putObject("permissions");
        made.record().permissions().forEach(permissions::put);
        answer.put("repository_selection", made.record().repositories().isEmpty() ? "all" : "selected");
        if (!chosen.isEmpty()) {
            ArrayNode list = answer.putArray("repositories");
            for (HostedRepository repository : chosen) {
                list.add(repositories.json(repository));
            }
        }
        return answer;
    }
}
