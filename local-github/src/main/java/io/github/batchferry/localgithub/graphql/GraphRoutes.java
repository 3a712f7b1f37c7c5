package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;

/** The one path of GraphQL. What cannot be answered is told in the answer, whose status is 200, as GitHub does. */
public final class GraphRoutes implements Routes {
    private final Schema schema;

    public GraphRoutes(Schema schema) {
        this.schema = schema;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("POST", "/graphql", Route.ANY_USE, Access.NONE, this::execute));
    }

    /** {@code POST /graphql}. */
    public Response execute(Request request) throws IOException, ApiException {
        ObjectNode body = request.object();
        if (!body.path("query").isTextual()) {
            throw new ApiException(400, "A query attribute must be specified and must be a string.");
        }
        ObjectNode variables = body.path("variables") instanceof ObjectNode given ? given : Json.object();
        return Response.ok(new Execution(schema, request.caller(), variables)
                .run(body.path("query").asText(), body.path("operationName").asText("")));
    }
}
