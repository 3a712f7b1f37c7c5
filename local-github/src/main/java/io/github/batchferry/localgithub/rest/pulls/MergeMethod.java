package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import java.util.Locale;

/** How the changes of a pull request come to its base. */
enum MergeMethod {
    /** By a commit with both for parents. */
    MERGE("Merge commits are not allowed on this repository."),
    /** As one commit. */
    SQUASH("Squash merges are not allowed on this repository."),
    /** By the same commits made again. */
    REBASE("Rebase merges are not allowed on this repository.");

    private final String refusal;

    MergeMethod(String refusal) {
        this.refusal = refusal;
    }

    static MergeMethod of(String word) throws ApiException {
        for (MergeMethod method : values()) {
            if (method.name().toLowerCase(Locale.ROOT).equals(word)) {
                return method;
            }
        }
        throw PullCall.invalid("merge_method");
    }

    /** Refuses a method that the repository does not want. */
    void check(RepositoryProfile profile) throws ApiException {
        boolean allowed = switch (this) {
            case MERGE -> profile.mergeCommits();
            case SQUASH -> profile.squashes();
            case REBASE -> profile.rebases();
        };
        if (!allowed) {
            throw new ApiException(405, refusal);
        }
    }
}
