package io.github.batchferry.localgithub.store;

/**
 * What the tokens of a repository's jobs may do beyond what their workflows say.
 *
 * @param write whether a workflow that names no permissions may write, or only read
 * @param pullRequests whether they may open and approve pull requests, if their permissions reach that far
 */
public record WorkflowRights(boolean write, boolean pullRequests) {
    /** What a new repository has. */
    static final WorkflowRights NEW = new WorkflowRights(true, false);
}
