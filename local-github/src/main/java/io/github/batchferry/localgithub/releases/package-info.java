/** Releases and their files. */
package io.github.batchferry.localgithub.releases;
