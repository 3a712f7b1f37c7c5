package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.actions.Listing;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.SettingName;
import io.github.batchferry.localgithub.store.VariableRecord;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Configuration variables of repositories and of their environments. */
public final class VariableRoutes implements Routes {
    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 30;
    private static final int MAX_BYTES = 48 * 1024;

    private final RepositoryJson repositories;
    private final RepositoryDocument<RepositorySettings> settings;
    private final Clock clock;

    public VariableRoutes(RepositoryJson repositories, RepositoryDocument<RepositorySettings> settings, Clock clock) {
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        routes(Route.REPOSITORY + "/actions/variables", "variables"),
                        routes(EnvironmentCall.PATH + "/variables", "environments"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> routes(String path, String scope) {
        return List.of(
                Route.of("GET", path, scope, Access.READ, this::list),
                Route.of("POST", path, scope, Access.WRITE, this::create),
                Route.of("GET", path + "/{variable}", scope, Access.READ, this::get),
                Route.of("PATCH", path + "/{variable}", scope, Access.WRITE, this::change),
                Route.of("DELETE", path + "/{variable}", scope, Access.WRITE, this::delete));
    }

    private Map<String, VariableRecord> all(Request request) throws ApiException {
        if (EnvironmentCall.name(request).isPresent()) {
            EnvironmentCall.find(settings, request);
        }
        return settings.of(request.repository().name()).variables(EnvironmentCall.name(request));
    }

    private VariableRecord find(Request request) throws ApiException {
        return Optional.ofNullable(
                        all(request).get(SettingName.kept(request.path().get("variable"))))
                .orElseThrow(ApiException::notFound);
    }

    /** {@code GET …/variables}: 10 of them unless the call says otherwise, and never more than 30. */
    public Response list(Request request) throws IOException, ApiException {
        Page wanted = Page.of(request, USUAL_PAGE);
        Page page = new Page(wanted.number(), Math.min(LARGEST_PAGE, wanted.size()));
        String place = EnvironmentCall.name(request).map(EnvironmentCall::path).orElse("/actions");
        return new Listing("variables", repositories.url(request.repository()) + place + "/variables")
                .of(request, page, List.copyOf(all(request).values()), VariableRoutes::json);
    }

    /** {@code GET …/variables/{variable}}. */
    public Response get(Request request) throws ApiException {
        return Response.ok(json(find(request)));
    }

    private static ObjectNode json(VariableRecord variable) {
        return Json.object()
                .put("name", variable.name())
                .put("value", variable.value())
                .put("created_at", RepositoryJson.time(variable.createdAt()))
                .put("updated_at", RepositoryJson.time(variable.updatedAt()));
    }

    /** {@code POST …/variables}. */
    public Response create(Request request) throws ApiException {
        all(request);
        Fields body = Fields.of(request, "Variable");
        String name = checkedName(body.needed("name"));
        String value = checkedValue(body.needed("value"));
        put(request, Optional.empty(), VariableRecord.set(Optional.empty(), name, value, clock.instant()));
        return Response.json(201, Json.object());
    }

    /** {@code PATCH …/variables/{variable}}: another value, another name, or both. */
    public Response change(Request request) throws ApiException {
        VariableRecord before = find(request);
        Fields body = Fields.of(request, "Variable");
        String name = checkedName(body.text("name").orElse(before.name()));
        String value = checkedValue(body.text("value").orElse(before.value()));
        put(request, Optional.of(before.name()), VariableRecord.set(Optional.of(before), name, value, clock.instant()));
        return Response.empty(204);
    }

    /** {@code DELETE …/variables/{variable}}. */
    public Response delete(Request request) throws ApiException {
        String name = find(request).name();
        Optional<String> environment = EnvironmentCall.name(request);
        settings.update(request.repository().name(), before -> {
            Map<String, VariableRecord> fewer = new TreeMap<>(before.variables(environment));
            fewer.remove(name);
            return before.withVariables(environment, fewer);
        });
        return Response.empty(204);
    }

    private static String checkedName(String name) throws ApiException {
        Optional<String> refusal = SettingName.refusal("Variable", name);
        if (refusal.isPresent()) {
            throw ApiException.unprocessable(refusal.get());
        }
        return SettingName.kept(name);
    }

    private static String checkedValue(String value) throws ApiException {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ApiException.unprocessable("Variable value is too large: at most 48 KB are allowed");
        }
        return value;
    }

    /** Puts a variable in the place of one, or of none; looks for another of its name in the same moment. */
    private void put(Request request, Optional<String> replaced, VariableRecord variable) throws ApiException {
        Optional<String> environment = EnvironmentCall.name(request);
        RepositorySettings after = settings.update(request.repository().name(), before -> {
            Map<String, VariableRecord> all = new TreeMap<>(before.variables(environment));
            replaced.ifPresent(all::remove);
            return all.putIfAbsent(variable.name(), variable) == null ? before.withVariables(environment, all) : before;
        });
        if (after.variables(environment).get(variable.name()) != variable) {
            throw new ApiException(409, "Already exists - Variable already exists");
        }
    }
}
