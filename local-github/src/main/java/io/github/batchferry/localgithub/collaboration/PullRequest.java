package io.github.batchferry.localgithub.collaboration;

import java.util.ArrayList;
import java.util.List;

/**
 * What an issue has besides, if changes belong to it. Where the branches are is seen from git while it is open; the last
 * places are kept for the time after.
 *
 * @param head short name of the branch with the changes
 * @param base short name of the branch that they are for
 * @param headCommit last known end of the head
 * @param baseCommit last known end of the base, before the changes came there
 * @param draft whether it is not to be merged yet
 * @param maintainerCanModify what its author said of others' pushes
 * @param reviewers logins of those who were asked for a review and gave none yet
 * @param reviews oldest first
 * @param merge null unless it was merged
 */
public record PullRequest(
        String head,
        String base,
        String headCommit,
        String baseCommit,
        boolean draft,
        boolean maintainerCanModify,
        List<String> reviewers,
        List<Review> reviews,
        Merge merge) {
    public PullRequest {
        reviewers = List.copyOf(reviewers);
        reviews = List.copyOf(reviews);
    }

    /** A new one, which nobody has reviewed. */
    public static PullRequest opened(
            String head, String base, String headCommit, String baseCommit, boolean draft, boolean modifiable) {
        return new PullRequest(head, base, headCommit, baseCommit, draft, modifiable, List.of(), List.of(), null);
    }

    /** Whether it was merged. */
    public boolean merged() {
        return merge != null;
    }

    /** The same with its branches elsewhere. */
    public PullRequest at(String headEnd, String baseEnd) {
        return new PullRequest(head, base, headEnd, baseEnd, draft, maintainerCanModify, reviewers, reviews, merge);
    }

    /** The same for another branch. */
    public PullRequest onto(String branch, String end) {
        return new PullRequest(head, branch, headCommit, end, draft, maintainerCanModify, reviewers, reviews, merge);
    }

    /** The same with other people's pushes allowed or not. */
    public PullRequest modifiable(boolean allowed) {
        return new PullRequest(head, base, headCommit, baseCommit, draft, allowed, reviewers, reviews, merge);
    }

    /** The same, merged. */
    public PullRequest merged(Merge how) {
        return new PullRequest(head, base, headCommit, baseCommit, draft, maintainerCanModify, reviewers, reviews, how);
    }

    /** The same with others asked for a review. */
    public PullRequest reviewers(List<String> logins) {
        return new PullRequest(head, base, headCommit, baseCommit, draft, maintainerCanModify, logins, reviews, merge);
    }

    /** The same with one more review; its author is waited for no longer. */
    public PullRequest reviewed(Review review) {
        List<Review> all = new ArrayList<>(reviews);
        all.add(review);
        List<String> open = reviewers.stream()
                .filter(login -> review.submittedAt() == null || !login.equalsIgnoreCase(review.author()))
                .toList();
        return new PullRequest(head, base, headCommit, baseCommit, draft, maintainerCanModify, open, all, merge);
    }
}
