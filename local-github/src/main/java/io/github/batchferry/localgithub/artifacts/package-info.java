/** Files that runs leave behind for later jobs and for people, each set of them a zip. */
package io.github.batchferry.localgithub.artifacts;
