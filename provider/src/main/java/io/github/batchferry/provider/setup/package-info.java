/** Installs the runner in a repository, and says what is wrong with one. */
package io.github.batchferry.provider.setup;
