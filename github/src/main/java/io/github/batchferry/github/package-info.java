/**
 * The one door to GitHub's REST API. {@link io.github.batchferry.github.ActionsApi} is the hot path, on the JDK's HTTP
 * client; {@link io.github.batchferry.github.RepositoryApi} the wider surface, on kohsuke's github-api.
 */
package io.github.batchferry.github;
