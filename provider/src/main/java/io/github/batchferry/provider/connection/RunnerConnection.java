package io.github.batchferry.provider.connection;

import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.RepositoryApi;

/**
 * The runner repository of a target, ready to be used.
 *
 * @param actions dispatching and watching runs
 * @param repository reading files and the details of failed runs
 * @param git pushing requests and fetching results
 * @param workflow file name of the workflow to dispatch
 */
public record RunnerConnection(ActionsApi actions, RepositoryApi repository, GitRemote git, String workflow) {}
