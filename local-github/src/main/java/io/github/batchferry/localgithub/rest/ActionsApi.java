package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.rest.actions.ArtifactJson;
import io.github.batchferry.localgithub.rest.actions.ArtifactRoutes;
import io.github.batchferry.localgithub.rest.actions.GroupMemberJson;
import io.github.batchferry.localgithub.rest.actions.GroupRoutes;
import io.github.batchferry.localgithub.rest.actions.JobJson;
import io.github.batchferry.localgithub.rest.actions.JobRoutes;
import io.github.batchferry.localgithub.rest.actions.LogRoutes;
import io.github.batchferry.localgithub.rest.actions.RunControlRoutes;
import io.github.batchferry.localgithub.rest.actions.RunJson;
import io.github.batchferry.localgithub.rest.actions.RunLookup;
import io.github.batchferry.localgithub.rest.actions.RunPulls;
import io.github.batchferry.localgithub.rest.actions.RunRoutes;
import io.github.batchferry.localgithub.rest.actions.WorkflowRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.WorkflowCatalog;
import io.github.batchferry.localgithub.server.Mode;
import java.util.ArrayList;
import java.util.List;

/** The part of the API that is about Actions. */
final class ActionsApi {
    private ActionsApi() {}

    static List<Routes> of(
            Mode mode, RestApi.Parts parts, AccountJson accounts, RepositoryJson repositories, TemporaryLinks links) {
        RunLookup lookup = new RunLookup(parts.runs());
        RunJson runs = new RunJson(repositories, accounts);
        WorkflowRoutes workflows = new WorkflowRoutes(
                mode, new WorkflowCatalog(), parts.settings(), parts.dispatcher(), repositories, runs);
        List<Routes> groups = mode == Mode.GITHUB_COM
                ? List.of(new GroupRoutes(
                        lookup, parts.queue(), repositories, new GroupMemberJson(parts.runs(), repositories, runs)))
                : List.of();
        List<Routes> all = new ArrayList<>(groups);
        all.addAll(List.of(
                workflows,
                new RunRoutes(
                        lookup,
                        parts.runs(),
                        parts.artifacts(),
                        workflows,
                        repositories,
                        runs,
                        new RunPulls(parts.pulls(), repositories)),
                new RunControlRoutes(lookup, parts.queue()),
                new JobRoutes(lookup, runs, new JobJson(repositories, runs)),
                new LogRoutes(parts.directory(), lookup, links),
                new ArtifactRoutes(
                        parts.artifacts(),
                        lookup,
                        repositories,
                        new ArtifactJson(repositories, parts.clock()),
                        links,
                        parts.clock())));
        return all;
    }
}
