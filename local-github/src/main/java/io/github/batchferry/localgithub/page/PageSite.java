package io.github.batchferry.localgithub.page;

import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.checks.Checks;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.page.code.BlobPage;
import io.github.batchferry.localgithub.page.code.BranchesPage;
import io.github.batchferry.localgithub.page.code.CommitPages;
import io.github.batchferry.localgithub.page.code.ComparePage;
import io.github.batchferry.localgithub.page.code.RepositoryListPage;
import io.github.batchferry.localgithub.page.code.TreePage;
import io.github.batchferry.localgithub.page.runs.ArtifactDownload;
import io.github.batchferry.localgithub.page.runs.DeploymentsPage;
import io.github.batchferry.localgithub.page.runs.JobPage;
import io.github.batchferry.localgithub.page.runs.ReviewForms;
import io.github.batchferry.localgithub.page.runs.RunButtons;
import io.github.batchferry.localgithub.page.runs.RunListPage;
import io.github.batchferry.localgithub.page.runs.RunPage;
import io.github.batchferry.localgithub.page.runs.RunResults;
import io.github.batchferry.localgithub.page.talk.CheckPage;
import io.github.batchferry.localgithub.page.talk.IssueListPages;
import io.github.batchferry.localgithub.page.talk.IssuePages;
import io.github.batchferry.localgithub.page.talk.ReleasePages;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.releases.Releases;
import io.github.batchferry.localgithub.scheduling.DeploymentReviews;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** Puts the pages together. */
public final class PageSite {
    private PageSite() {}

    /** The parts of the embedded GitHub that the pages show. */
    public record Parts(
            StateDirectory directory,
            Repositories repositories,
            RepositoryDocument<IssueBook> books,
            PullRequests pulls,
            RunStore runs,
            ArtifactStore artifacts,
            Checks checks,
            Releases releases,
            RunQueue queue,
            DeploymentReviews reviews,
            Tokens tokens,
            Clock clock) {}

    /**
     * What answers browsers.
     *
     * @param server root of the pages
     * @param sessions who may see them
     */
    public static PageHandler of(URI server, Sessions sessions, Parts parts) {
        List<PageRoute.Pages> all = List.of(
                new RepositoryListPage(parts.repositories(), parts.runs()),
                new RunListPage(parts.runs()),
                new RunPage(
                        new RunResults(parts.directory(), parts.artifacts()),
                        new ReviewForms(parts.runs(), parts.reviews()),
                        parts.runs()),
                new RunButtons(parts.runs(), parts.queue()),
                new ReviewForms(parts.runs(), parts.reviews()),
                new DeploymentsPage(parts.runs()),
                new JobPage(parts.runs(), parts.directory()),
                new ArtifactDownload(parts.artifacts()),
                new TreePage(server.toString()),
                new BlobPage(),
                new CommitPages(),
                new BranchesPage(),
                new ComparePage(),
                new IssueListPages(parts.books(), parts.pulls()),
                new IssuePages(parts.books(), parts.pulls()),
                new ReleasePages(parts.releases()),
                new CheckPage(parts.checks()));
        return new PageHandler(
                server.getPort(),
                new SignIn(sessions, parts.tokens(), server.getPort()),
                parts.repositories(),
                all.stream().flatMap(pages -> pages.routes().stream()).toList(),
                parts.clock());
    }

    /** A link that opens the pages once. */
    public static URI link(URI server, Sessions sessions) {
        return server.resolve(SignIn.PATH + "?key=" + sessions.newKey());
    }
}
