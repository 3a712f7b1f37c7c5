package io.github.batchferry.localgithub.rest;

import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.rest.git.BlobRoutes;
import io.github.batchferry.localgithub.rest.git.CommitObjectRoutes;
import io.github.batchferry.localgithub.rest.git.RefRoutes;
import io.github.batchferry.localgithub.rest.git.TagRoutes;
import io.github.batchferry.localgithub.rest.git.TreeRoutes;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import java.util.List;

/** Puts together the part of the REST API that is about repositories, what is in them, and what is said about it. */
final class RepositoryApi {
    private RepositoryApi() {}

    static List<Routes> of(
            RestApi.Parts parts, RepositoryJson repositories, AccountJson accounts, TemporaryLinks links) {
        CommitJson commits = new CommitJson(repositories, accounts);
        Signatures signatures = new Signatures(parts.clock());
        return List.of(
                new BlobRoutes(repositories),
                new TreeRoutes(repositories),
                new CommitObjectRoutes(commits, signatures),
                new RefRoutes(repositories, parts.settings(), parts.pulls()),
                new TagRoutes(repositories, signatures));
    }
}
