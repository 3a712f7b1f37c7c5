/**
 * What the embedded GitHub remembers: the state directory, its lock, the token, the secrets and the record of every run.
 * Everything is on disk before it is believed, each file written beside and renamed.
 */
package io.github.batchferry.localgithub.store;
