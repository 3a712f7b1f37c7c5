/** Faults on demand, for tests of clients: what goes wrong, when, and how often it did. */
package io.github.batchferry.localgithub.faults;
