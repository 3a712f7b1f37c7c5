package io.github.batchferry.localgithub.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.StableId;

/** GitHub's shapes of Apps and their installations. */
public final class AppJson {
    private final Addresses addresses;
    private final AccountJson accounts;

    public AppJson(Addresses addresses, AccountJson accounts) {
        this.addresses = addresses;
        this.accounts = accounts;
    }

    /** The shape {@code integration}. */
    public ObjectNode app(AppRecord app) {
        String page = addresses.html() + "/apps/" + app.slug();
        ObjectNode json = Json.object()
                .put("id", app.id())
                .put("slug", app.slug())
                .put("client_id", app.clientId())
                .put("node_id", AccountJson.nodeId("App", app.id()));
        json.set("owner", accounts.simpleUser(app.owner()));
        json.put("name", app.name())
                .put("description", "")
                .put("external_url", page)
                .put("html_url", page)
                .put("created_at", RepositoryJson.time(app.createdAt()))
                .put("updated_at", RepositoryJson.time(app.createdAt()));
        ObjectNode permissions = json.putObject("permissions");
        Apps.granted(app).forEach(permissions::put);
        json.putArray("events");
        return json;
    }

    /** The shape {@code installation}. */
    ObjectNode installation(InstallationRecord installation, AppRecord app) {
        ObjectNode json = Json.object().put("id", installation.id()).put("client_id", app.clientId());
        json.set("account", accounts.simpleUser(installation.owner()));
        json.put("repository_selection", installation.repositories().isEmpty() ? "all" : "selected")
                .put(
                        "access_tokens_url",
                        addresses.api() + "/app/installations/" + installation.id() + "/access_tokens")
                .put("repositories_url", addresses.api() + "/installation/repositories")
                .put("html_url", addresses.html() + "/settings/installations/" + installation.id())
                .put("app_id", app.id())
                .put("app_slug", app.slug())
                .put("target_id", StableId.of(installation.owner()))
                .put("target_type", "User");
        ObjectNode permissions = json.putObject("permissions");
        Apps.granted(app).forEach(permissions::put);
        json.putArray("events");
        json.put("created_at", RepositoryJson.time(installation.createdAt()))
                .put("updated_at", RepositoryJson.time(installation.createdAt()))
                .put("has_multiple_single_files", false);
        json.putArray("single_file_paths");
        return json.putNull("single_file_name").putNull("suspended_by").putNull("suspended_at");
    }
}
