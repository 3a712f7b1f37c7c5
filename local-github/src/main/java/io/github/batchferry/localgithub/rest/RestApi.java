package io.github.batchferry.localgithub.rest;

import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.apps.Apps;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.checks.Checks;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.graphql.BasicTypes;
import io.github.batchferry.localgithub.graphql.GraphRoutes;
import io.github.batchferry.localgithub.graphql.Nodes;
import io.github.batchferry.localgithub.graphql.PullTypes;
import io.github.batchferry.localgithub.graphql.Schema;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.LocalCalls;
import io.github.batchferry.localgithub.http.RateLimits;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Router;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.identity.JobIdentity;
import io.github.batchferry.localgithub.releases.AssetRoutes;
import io.github.batchferry.localgithub.releases.ReleaseJson;
import io.github.batchferry.localgithub.releases.ReleaseNotes;
import io.github.batchferry.localgithub.releases.ReleaseRoutes;
import io.github.batchferry.localgithub.releases.ReleaseTypes;
import io.github.batchferry.localgithub.releases.Releases;
import io.github.batchferry.localgithub.rest.meta.MetaRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.DeploymentReviews;
import io.github.batchferry.localgithub.scheduling.Dispatcher;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Puts the REST API together. Each {@link Routes} lists the paths it serves. */
public final class RestApi {
    private RestApi() {}

    /** The parts of the embedded GitHub that the API shows. */
    public record Parts(
            StateDirectory directory,
            Repositories repositories,
            RepositoryDocument<RepositorySettings> settings,
            RepositoryDocument<RepositoryProfile> profiles,
            RepositoryDocument<IssueBook> books,
            PullRequests pulls,
            SecretStore secrets,
            RunStore runs,
            ArtifactStore artifacts,
            Checks checks,
            Releases releases,
            RunQueue queue,
            DeploymentReviews reviews,
            Dispatcher dispatcher,
            Tokens tokens,
            JobIdentity identity,
            Apps apps,
            RateLimits limits,
            SecureRandom random,
            Clock clock) {}

    /** What answers the calls of the API. */
    public static HttpHandler of(Addresses addresses, Parts parts) throws IOException {
        AccountJson accounts = new AccountJson(addresses);
        RepositoryJson repositories = new RepositoryJson(addresses, accounts, parts.profiles(), parts.books());
        TemporaryLinks links = new TemporaryLinks(addresses.root(), parts.random(), parts.clock());
        List<Routes> all = new ArrayList<>();
        all.add(new MetaRoutes(addresses, accounts, parts.directory().since(), parts.limits()));
        all.add(links);
        all.addAll(ChecksApi.of(addresses, parts, accounts, repositories));
        all.addAll(RepositoryApi.of(addresses, parts, repositories, accounts, links));
        all.addAll(SettingsApi.of(parts, repositories, accounts));
        all.addAll(ActionsApi.of(addresses.mode(), parts, accounts, repositories, links));
        all.addAll(AppsApi.of(addresses, parts, accounts, repositories));
        Releases releases = parts.releases();
        ReleaseJson releaseJson = new ReleaseJson(addresses, repositories, accounts);
        all.add(new AssetRoutes(releases, releaseJson, links, parts.clock()));
        all.add(new ReleaseRoutes(releases, releaseJson, new ReleaseNotes(releases, repositories)));
        LocalCalls calls = new LocalCalls(parts.repositories(), routes(all));
        Schema schema = schema(parts, repositories, accounts, calls);
        new ReleaseTypes(releases, releaseJson).addTo(schema);
        all.add(new GraphRoutes(schema));
        return new Router(addresses, parts.repositories(), parts.tokens(), parts.limits(), routes(all));
    }

    private static List<Route> routes(List<Routes> all) {
        return all.stream().flatMap(part -> part.routes().stream()).toList();
    }

    private static Schema schema(Parts parts, RepositoryJson repositories, AccountJson accounts, LocalCalls calls) {
        Schema schema = new Schema();
        new BasicTypes(parts.repositories(), repositories, accounts).addTo(schema);
        new PullTypes(calls, new Nodes(parts.repositories(), calls)).addTo(schema);
        return schema;
    }
}
