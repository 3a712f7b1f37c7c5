/** The embedded GitHub with its runner repository, for those who have no account, no key or no network. */
package io.github.batchferry.provider.embedded;
