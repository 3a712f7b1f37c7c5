/** Hand-written fakes for tests of this module and of those that use the engine. */
package io.github.batchferry.runner.testing;
