package io.github.batchferry.github;

/**
 * A repository as it matters to whoever dispatches there.
 *
 * @param defaultBranch the branch on which GitHub looks for workflows
 * @param archived whether it is read-only for everybody
 */
public record RepositoryFacts(String defaultBranch, boolean archived) {}
