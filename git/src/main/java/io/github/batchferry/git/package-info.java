/**
 * The one door to git: {@link io.github.batchferry.git.GitRemote} pushes orphan branches and fetches single ones. Nothing
 * else of git is offered, and nothing of JGit is seen from outside.
 */
package io.github.batchferry.git;
