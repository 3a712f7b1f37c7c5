/** The hosted git repositories, bare and on disk, through JGit. */
package io.github.batchferry.localgithub.hosting;
