/** The shapes of accounts and repositories, which most other answers hold. */
package io.github.batchferry.localgithub.rest.shape;
