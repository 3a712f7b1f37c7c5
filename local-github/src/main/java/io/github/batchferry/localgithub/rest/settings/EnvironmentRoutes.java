package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.actions.Listing;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Environments and the rules that protect them. */
public final class EnvironmentRoutes implements Routes {
    private static final String LIST = Route.REPOSITORY + "/environments";
    private static final int LONGEST_NAME = 255;

    private final RepositoryJson repositories;
    private final EnvironmentJson json;
    private final RepositoryDocument<RepositorySettings> settings;
    private final SecretStore secrets;
    private final Clock clock;

    public EnvironmentRoutes(
            RepositoryJson repositories,
            AccountJson accounts,
            RepositoryDocument<RepositorySettings> settings,
            SecretStore secrets,
            Clock clock) {
        this.repositories = repositories;
        this.json = new EnvironmentJson(repositories, accounts);
        this.settings = settings;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", LIST, "actions", Access.READ, this::list),
                Route.of("GET", EnvironmentCall.PATH, "actions", Access.READ, this::get),
                Route.of("PUT", EnvironmentCall.PATH, "administration", Access.WRITE, this::put),
                Route.of("DELETE", EnvironmentCall.PATH, "administration", Access.WRITE, this::delete));
    }

    /** {@code GET /repos/{owner}/{repo}/environments}, in the order in which they were created. */
    public Response list(Request request) throws IOException {
        HostedRepository repository = request.repository();
        List<EnvironmentRecord> all =
                List.copyOf(settings.of(repository.name()).environments().values());
        return new Listing("environments", repositories.url(repository) + "/environments")
                .of(request, all, environment -> json.environment(repository, environment));
    }

    /** {@code GET /repos/{owner}/{repo}/environments/{environment}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(json.environment(request.repository(), EnvironmentCall.find(settings, request)));
    }

    /** {@code PUT /repos/{owner}/{repo}/environments/{environment}}: creates it or gives it other rules. */
    public Response put(Request request) throws ApiException {
        HostedRepository repository = request.repository();
        String name = EnvironmentCall.name(request).orElseThrow(ApiException::notFound);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw ApiException.unprocessable(
                    "Environment name must have 1 to " + LONGEST_NAME + " characters, and not spaces alone");
        }
        List<String> reviewers = settings.of(repository.name())
                .environment(name)
                .map(EnvironmentRecord::reviewers)
                .orElse(List.of());
        EnvironmentChange change = EnvironmentChange.of(request, reviewers);
        Instant now = clock.instant();
        RepositorySettings after = settings.update(repository.name(), before -> {
            EnvironmentRecord environment =
                    before.environment(name).orElseGet(() -> EnvironmentRecord.open(repository.name(), name, now));
            return before.with(environment.with(change.rules(environment), now));
        });
        return Response.ok(json.environment(repository, after.environment(name).orElseThrow(ApiException::notFound)));
    }

    /** {@code DELETE /repos/{owner}/{repo}/environments/{environment}}, with its secrets and variables. */
    public Response delete(Request request) throws IOException, ApiException {
        String name = EnvironmentCall.find(settings, request).name();
        // its secrets first: an environment of the same name must never find them
        secrets.deleteAll(request.repository().name(), name);
        settings.update(request.repository().name(), before -> before.withoutEnvironment(name));
        return Response.empty(204);
    }
}
