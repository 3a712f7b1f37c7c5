package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.rest.content.ArchiveRoutes;
import io.github.batchferry.localgithub.rest.content.ContentRoutes;
import io.github.batchferry.localgithub.rest.content.ContentWriteRoutes;
import io.github.batchferry.localgithub.rest.git.BlobRoutes;
import io.github.batchferry.localgithub.rest.git.CommitObjectRoutes;
import io.github.batchferry.localgithub.rest.git.CommitRoutes;
import io.github.batchferry.localgithub.rest.git.CompareRoutes;
import io.github.batchferry.localgithub.rest.git.RefRoutes;
import io.github.batchferry.localgithub.rest.git.TagListRoutes;
import io.github.batchferry.localgithub.rest.git.TagRoutes;
import io.github.batchferry.localgithub.rest.git.TreeRoutes;
import io.github.batchferry.localgithub.rest.issues.CommentRoutes;
import io.github.batchferry.localgithub.rest.issues.IssueAssigneeRoutes;
import io.github.batchferry.localgithub.rest.issues.IssueJson;
import io.github.batchferry.localgithub.rest.issues.IssueLabelRoutes;
import io.github.batchferry.localgithub.rest.issues.IssueRoutes;
import io.github.batchferry.localgithub.rest.issues.LabelRoutes;
import io.github.batchferry.localgithub.rest.pulls.MergeRoutes;
import io.github.batchferry.localgithub.rest.pulls.PullChangeRoutes;
import io.github.batchferry.localgithub.rest.pulls.PullJson;
import io.github.batchferry.localgithub.rest.pulls.PullRoutes;
import io.github.batchferry.localgithub.rest.pulls.ReviewRoutes;
import io.github.batchferry.localgithub.rest.pulls.ReviewerRoutes;
import io.github.batchferry.localgithub.rest.pulls.UpdateBranchRoutes;
import io.github.batchferry.localgithub.rest.repository.BranchRoutes;
import io.github.batchferry.localgithub.rest.repository.CollaboratorRoutes;
import io.github.batchferry.localgithub.rest.repository.ProtectionRoutes;
import io.github.batchferry.localgithub.rest.repository.RepositoryListRoutes;
import io.github.batchferry.localgithub.rest.repository.RepositoryRoutes;
import io.github.batchferry.localgithub.rest.repository.WorkflowPermissionRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.server.Addresses;
import java.util.List;

/** Puts together the part of the REST API that is about repositories, what is in them, and what is said about it. */
final class RepositoryApi {
    private RepositoryApi() {}

    static List<Routes> of(
            Addresses addresses,
            RestApi.Parts parts,
            RepositoryJson repositories,
            AccountJson accounts,
            TemporaryLinks links) {
        CommitJson commits = new CommitJson(repositories, accounts);
        Signatures signatures = new Signatures(parts.clock());
        IssueJson issues = new IssueJson(repositories, accounts);
        PullJson pulls = new PullJson(repositories, accounts, issues);
        return List.of(
                // before that of issues, among whose numbers `comments` would be looked for
                new CommentRoutes(parts.books(), repositories, issues, parts.clock()),
                new IssueRoutes(parts.books(), parts.pulls(), repositories, issues, parts.clock()),
                new IssueLabelRoutes(parts.books(), issues, parts.clock()),
                new IssueAssigneeRoutes(parts.books(), issues, parts.clock()),
                new LabelRoutes(parts.books(), repositories, issues),
                new RepositoryRoutes(
                        parts.repositories(),
                        parts.profiles(),
                        parts.runs(),
                        parts.artifacts(),
                        repositories,
                        parts.clock()),
                new RepositoryListRoutes(
                        addresses.api(),
                        parts.repositories(),
                        parts.profiles(),
                        repositories,
                        signatures,
                        parts.clock()),
                new ProtectionRoutes(repositories, parts.settings()),
                new BranchRoutes(repositories, commits, parts.settings()),
                new CollaboratorRoutes(accounts),
                new WorkflowPermissionRoutes(parts.settings()),
                new ContentRoutes(repositories, links),
                new ContentWriteRoutes(repositories, commits, links, signatures, parts.pulls()),
                new ArchiveRoutes(links, parts.directory().spool()),
                new BlobRoutes(repositories),
                new TreeRoutes(repositories),
                new CommitObjectRoutes(commits, signatures),
                new RefRoutes(repositories, parts.settings(), parts.pulls()),
                new TagRoutes(repositories, signatures),
                new TagListRoutes(repositories),
                new CommitRoutes(repositories, commits),
                new CompareRoutes(repositories, commits),
                new PullRoutes(parts.books(), parts.settings(), parts.pulls(), repositories, pulls, parts.clock()),
                new PullChangeRoutes(parts.pulls(), repositories, commits, pulls),
                new MergeRoutes(
                        parts.books(), parts.profiles(), parts.settings(), parts.pulls(), signatures, parts.clock()),
                new UpdateBranchRoutes(parts.pulls(), pulls, signatures),
                new ReviewRoutes(parts.books(), parts.settings(), parts.pulls(), accounts, pulls, parts.clock()),
                new ReviewerRoutes(parts.books(), parts.pulls(), pulls, issues, parts.clock()));
    }
}
