package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.apps.AppJson;
import io.github.batchferry.localgithub.checks.CheckJson;
import io.github.batchferry.localgithub.checks.CheckRoutes;
import io.github.batchferry.localgithub.checks.StatusJson;
import io.github.batchferry.localgithub.checks.StatusRoutes;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.server.Addresses;
import java.util.List;

/** Puts together the part of the API that is about what is said of commits. */
final class ChecksApi {
    private ChecksApi() {}

    static List<Routes> of(
            Addresses addresses, RestApi.Parts parts, AccountJson accounts, RepositoryJson repositories) {
        return List.of(
                new StatusRoutes(parts.directory(), new StatusJson(repositories, accounts), parts.clock()),
                new CheckRoutes(
                        parts.checks(), new CheckJson(repositories, parts.apps(), new AppJson(addresses, accounts))));
    }
}
