/** What is said about commits: statuses, and check runs, of which every job is one. */
package io.github.batchferry.localgithub.checks;
