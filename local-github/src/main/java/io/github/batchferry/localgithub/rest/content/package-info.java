/** Repositories and the files in them. */
package io.github.batchferry.localgithub.rest.content;
