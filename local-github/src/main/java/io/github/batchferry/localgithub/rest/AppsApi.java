package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.apps.AppJson;
import io.github.batchferry.localgithub.apps.AppRoutes;
import io.github.batchferry.localgithub.apps.InstallationRoutes;
import io.github.batchferry.localgithub.apps.InstalledRepositories;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.identity.OidcRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.server.Addresses;
import java.util.List;

/** Puts together the part of the API that is about identities: of Apps, of their installations, and of jobs. */
final class AppsApi {
    private AppsApi() {}

    static List<Routes> of(
            Addresses addresses, RestApi.Parts parts, AccountJson accounts, RepositoryJson repositories) {
        InstalledRepositories installed =
                new InstalledRepositories(parts.directory(), parts.repositories(), repositories);
        return List.of(
                new OidcRoutes(parts.identity()),
                new AppRoutes(parts.apps(), new AppJson(addresses, accounts), installed, addresses, parts.clock()),
                new InstallationRoutes(parts.apps(), installed, addresses));
    }
}
