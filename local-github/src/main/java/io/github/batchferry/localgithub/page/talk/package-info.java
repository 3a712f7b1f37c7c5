/** Pages about what people say of a repository: issues, pull requests, releases and checks. */
package io.github.batchferry.localgithub.page.talk;
