/** The client as a library. Start at {@link io.github.batchferry.provider.GitHubActionsProvider}. */
package io.github.batchferry.provider;
