/** What is not about a repository: the server, its limits, who calls. */
package io.github.batchferry.localgithub.rest.meta;
