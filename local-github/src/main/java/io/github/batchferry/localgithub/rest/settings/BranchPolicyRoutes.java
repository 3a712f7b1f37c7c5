package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.actions.Listing;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.BranchPolicy;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Names of branches and tags that may be deployed, for the environments that ask for names. */
public final class BranchPolicyRoutes implements Routes {
    private static final String FOLDER = "/deployment-branch-policies";
    private static final String LIST = EnvironmentCall.PATH + FOLDER;
    private static final String ONE = LIST + "/{policy}";

    private final RepositoryJson repositories;
    private final RepositoryDocument<RepositorySettings> settings;
    private final Clock clock;

    public BranchPolicyRoutes(
            RepositoryJson repositories, RepositoryDocument<RepositorySettings> settings, Clock clock) {
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", LIST, "actions", Access.READ, this::list),
                Route.of("POST", LIST, "administration", Access.WRITE, this::create),
                Route.of("GET", ONE, "actions", Access.READ, this::get),
                Route.of("PUT", ONE, "administration", Access.WRITE, this::change),
                Route.of("DELETE", ONE, "administration", Access.WRITE, this::delete));
    }

    /** An environment that does not ask for names has no policies to speak of. */
    private EnvironmentRecord environment(Request request) throws ApiException {
        EnvironmentRecord environment = EnvironmentCall.find(settings, request);
        if (environment.branches() != Branches.SELECTED) {
            throw ApiException.notFound();
        }
        return environment;
    }

    private BranchPolicy policy(Request request) throws ApiException {
        return environment(request).policy(request.id("policy")).orElseThrow(ApiException::notFound);
    }

    private String url(Request request, EnvironmentRecord environment) {
        return repositories.url(request.repository()) + EnvironmentCall.path(environment.name()) + FOLDER;
    }

    /** {@code GET …/deployment-branch-policies}. */
    public Response list(Request request) throws IOException, ApiException {
        EnvironmentRecord environment = environment(request);
        return new Listing("branch_policies", url(request, environment))
                .of(request, environment.policies(), EnvironmentJson::policy);
    }

    /** {@code GET …/deployment-branch-policies/{policy}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(EnvironmentJson.policy(policy(request)));
    }

    /** {@code POST …/deployment-branch-policies}; where there is such a one already, the answer leads to it. */
    public Response create(Request request) throws ApiException {
        EnvironmentRecord environment = environment(request);
        Fields body = Fields.of(request, "DeploymentBranchPolicy");
        String type = body.text("type").orElse("branch");
        if (!type.matches("branch|tag")) {
            throw body.invalid("type", "type must be branch or tag");
        }
        String pattern = pattern(body, type.equals("tag"));
        Optional<BranchPolicy> same = find(environment, pattern);
        if (same.isPresent()) {
            return Response.empty(303)
                    .with(
                            "Location",
                            url(request, environment) + "/" + same.get().id());
        }
        Instant now = clock.instant();
        return answer(update(request, before -> before.withPattern(pattern, now)), pattern);
    }

    private static String pattern(Fields body, boolean tag) throws ApiException {
        String name = body.needed("name");
        if (name.isBlank() || name.startsWith("refs/")) {
            throw body.invalid("name", "name must be a pattern of short names of branches or tags");
        }
        return tag ? BranchPolicy.ofTags(name) : name;
    }

    private static Optional<BranchPolicy> find(EnvironmentRecord environment, String pattern) {
        return environment.policies().stream()
                .filter(policy -> policy.pattern().equals(pattern))
                .findFirst();
    }

    private static Response answer(EnvironmentRecord environment, String pattern) throws ApiException {
        return Response.ok(EnvironmentJson.policy(find(environment, pattern).orElseThrow(ApiException::notFound)));
    }

    /** {@code PUT …/deployment-branch-policies/{policy}}: another pattern, of the same type. */
    public Response change(Request request) throws ApiException {
        BranchPolicy before = policy(request);
        Fields body = Fields.of(request, "DeploymentBranchPolicy");
        String pattern = pattern(body, before.coversTags());
        if (!pattern.equals(before.pattern())
                && find(environment(request), pattern).isPresent()) {
            throw body.invalid("name", "name is already that of another policy");
        }
        Instant now = clock.instant();
        BranchPolicy changed = new BranchPolicy(before.id(), pattern);
        return answer(update(request, environment -> environment.with(changed, now)), pattern);
    }

    /** {@code DELETE …/deployment-branch-policies/{policy}}. */
    public Response delete(Request request) throws ApiException {
        long id = policy(request).id();
        Instant now = clock.instant();
        update(request, environment -> environment.withoutPolicy(id, now));
        return Response.empty(204);
    }

    private EnvironmentRecord update(Request request, UnaryOperator<EnvironmentRecord> change) throws ApiException {
        String name = EnvironmentCall.name(request).orElseThrow(ApiException::notFound);
        return settings.update(
                        request.repository().name(),
                        before -> before.environment(name)
                                .map(found -> before.with(change.apply(found)))
                                .orElse(before))
                .environment(name)
                .orElseThrow(ApiException::notFound);
    }
}
