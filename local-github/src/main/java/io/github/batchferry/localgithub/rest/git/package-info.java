/** What git keeps: blobs, trees, commits, refs, tags. */
package io.github.batchferry.localgithub.rest.git;
