/** Signed tokens: those that jobs prove with who they are, their issuer, and the reading of tokens that others signed. */
package io.github.batchferry.localgithub.identity;
