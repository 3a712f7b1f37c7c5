package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.actions.RunLookup;
import io.github.batchferry.localgithub.rest.settings.ActionsSettingRoutes;
import io.github.batchferry.localgithub.rest.settings.BranchPolicyRoutes;
import io.github.batchferry.localgithub.rest.settings.DeploymentRoutes;
import io.github.batchferry.localgithub.rest.settings.EnvironmentRoutes;
import io.github.batchferry.localgithub.rest.settings.ReviewJson;
import io.github.batchferry.localgithub.rest.settings.ReviewRoutes;
import io.github.batchferry.localgithub.rest.settings.SecretRoutes;
import io.github.batchferry.localgithub.rest.settings.VariableRoutes;
import io.github.batchferry.localgithub.rest.settings.WorkflowSwitchRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.WorkflowCatalog;
import java.util.List;

/** The part of the API that is about what owners set for Actions, and what comes of it. */
final class SettingsApi {
    private SettingsApi() {}

    static List<Routes> of(RestApi.Parts parts, RepositoryJson repositories, AccountJson accounts) {
        return List.of(
                new WorkflowSwitchRoutes(new WorkflowCatalog(), parts.settings()),
                new EnvironmentRoutes(repositories, accounts, parts.settings(), parts.secrets(), parts.clock()),
                new BranchPolicyRoutes(repositories, parts.settings(), parts.clock()),
                new SecretRoutes(repositories, parts.settings(), parts.secrets()),
                new VariableRoutes(repositories, parts.settings(), parts.clock()),
                new ActionsSettingRoutes(repositories),
                new DeploymentRoutes(repositories, accounts, parts.runs()),
                new ReviewRoutes(new RunLookup(parts.runs()), parts.reviews(), new ReviewJson(repositories, accounts)));
    }
}
