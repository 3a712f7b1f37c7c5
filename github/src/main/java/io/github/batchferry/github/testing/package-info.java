/** Stand-ins for tests of other modules. */
package io.github.batchferry.github.testing;
