/**
 * An embedded GitHub on loopback. Start at {@link io.github.batchferry.localgithub.LocalGitHub}, which says what is
 * emulated and what is not.
 */
package io.github.batchferry.localgithub;
