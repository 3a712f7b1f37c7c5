/** What people and programs discuss about a repository: issues, pull requests, comments and labels. */
package io.github.batchferry.localgithub.collaboration;
