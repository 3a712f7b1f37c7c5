package io.github.batchferry.localgithub.rest.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads what a call wants a repository to be like. */
final class ProfileChange {
    /** What is always so. Asking for it is fine, asking for anything else is not. */
    private static final Map<String, JsonNode> FIXED = Map.ofEntries(
            Map.entry("private", BooleanNode.TRUE),
            Map.entry("visibility", TextNode.valueOf("private")),
            Map.entry("has_issues", BooleanNode.TRUE),
            Map.entry("has_pull_requests", BooleanNode.TRUE),
            Map.entry("has_projects", BooleanNode.FALSE),
            Map.entry("has_wiki", BooleanNode.FALSE),
            Map.entry("has_discussions", BooleanNode.FALSE),
            Map.entry("has_downloads", BooleanNode.FALSE),
            Map.entry("is_template", BooleanNode.FALSE),
            Map.entry("archived", BooleanNode.FALSE),
            Map.entry("allow_auto_merge", BooleanNode.FALSE),
            Map.entry("allow_update_branch", BooleanNode.FALSE),
            Map.entry("allow_forking", BooleanNode.FALSE),
            Map.entry("web_commit_signoff_required", BooleanNode.FALSE),
            Map.entry("use_squash_pr_title_as_default", BooleanNode.FALSE),
            Map.entry("squash_merge_commit_title", TextNode.valueOf("COMMIT_OR_PR_TITLE")),
            Map.entry("squash_merge_commit_message", TextNode.valueOf("COMMIT_MESSAGES")),
            Map.entry("merge_commit_title", TextNode.valueOf("MERGE_MESSAGE")),
            Map.entry("merge_commit_message", TextNode.valueOf("PR_TITLE")));

    private static final List<String> UNKNOWN = List.of(
            "gitignore_template",
            "license_template",
            "team_id",
            "custom_properties",
            "security_and_analysis",
            "pull_request_creation_policy");

    private ProfileChange() {}

    /**
     * The profile as it shall be.
     *
     * @throws ApiException if a repository of this server cannot be like that
     */
    static RepositoryProfile of(Fields body, RepositoryProfile before, Instant now) throws ApiException {
        refuse(body);
        RepositoryProfile after = new RepositoryProfile(
                text(body, "description", before.description()),
                text(body, "homepage", before.homepage()),
                body.flag("allow_merge_commit").orElse(before.mergeCommits()),
                body.flag("allow_squash_merge").orElse(before.squashes()),
                body.flag("allow_rebase_merge").orElse(before.rebases()),
                body.flag("delete_branch_on_merge").orElse(before.deleteBranches()),
                now);
        if (!after.mergeCommits() && !after.squashes() && !after.rebases()) {
            throw body.invalid(
                    "merge_commit_allowed", "Sorry, you need to allow at least one merge strategy. (no_merge_method)");
        }
        return after;
    }

    private static void refuse(Fields body) throws ApiException {
        for (Map.Entry<String, JsonNode> fixed : FIXED.entrySet()) {
            JsonNode wanted = body.any(fixed.getKey());
            if (!wanted.isMissingNode() && !wanted.isNull() && !wanted.equals(fixed.getValue())) {
                throw body.invalid(
                        fixed.getKey(),
                        "the embedded GitHub knows `" + fixed.getKey() + "` with the value " + fixed.getValue()
                                + " only");
            }
        }
        for (String key : UNKNOWN) {
            if (!body.any(key).isMissingNode() && !body.any(key).isNull()) {
                throw body.invalid(key, "the embedded GitHub does not know `" + key + "`; leave it out");
            }
        }
    }

    private static String text(Fields body, String key, String before) throws ApiException {
        return body.names(key) ? body.text(key).filter(text -> !text.isEmpty()).orElse(null) : before;
    }
}
