package io.github.batchferry.localgithub.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import java.util.List;

/** The issuer of jobs' tokens: what it says about itself, its keys, and the tokens. */
public final class OidcRoutes implements Routes {
    private static final List<String> CLAIMS = List.of(
            "sub",
            "aud",
            "exp",
            "iat",
            "iss",
            "jti",
            "nbf",
            "ref",
            "sha",
            "repository",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
            "repository_visibility",
            "run_id",
            "run_number",
            "run_attempt",
            "check_run_id",
            "actor",
            "actor_id",
            "workflow",
            "workflow_ref",
            "workflow_sha",
            "head_ref",
            "base_ref",
            "event_name",
            "ref_type",
            "ref_protected",
            "environment",
            "job_workflow_ref",
            "job_workflow_sha",
            "runner_environment");

    private final JobIdentity identity;

    public OidcRoutes(JobIdentity identity) {
        this.identity = identity;
    }

    @Override
    public List<Route> routes() {
        String base = "/" + JobIdentity.FOLDER;
        return List.of(
                Route.unchecked("GET", base + "/.well-known/openid-configuration", this::configuration),
                Route.unchecked("GET", base + "/.well-known/jwks", this::keys),
                Route.unchecked("GET", base + "/jobs/{job}/idtoken", this::token));
    }

    /** What an OpenID provider says about itself. */
    public Response configuration(Request request) {
        ObjectNode json =
                Json.object().put("issuer", identity.issuer()).put("jwks_uri", identity.issuer() + "/.well-known/jwks");
        json.putArray("subject_types_supported").add("public").add("pairwise");
        json.putArray("response_types_supported").add("id_token");
        CLAIMS.forEach(json.putArray("claims_supported")::add);
        json.putArray("id_token_signing_alg_values_supported").add("RS256");
        json.putArray("scopes_supported").add("openid");
        return Response.ok(json);
    }

    /** The keys that tokens are checked with. */
    public Response keys(Request request) {
        ObjectNode json = Json.object();
        json.putArray("keys").add(identity.publicKey());
        return Response.ok(json);
    }

    /** A token, for the job that asks with its own. */
    public Response token(Request request) throws ApiException {
        String asked = Tokens.fromHeader(request.header("authorization")).orElse("");
        String token = identity.token(request.path().get("job"), asked, request.parameter("audience"))
                .orElseThrow(() -> new ApiException(401, "Bad credentials"));
        return Response.ok(Json.object().put("count", token.length()).put("value", token));
    }
}
