/** Git over HTTP (the smart protocol), served by JGit. */
package io.github.batchferry.localgithub.githttp;
