/** An offline vendor for trying things out, without account, key or network. */
package io.github.batchferry.runner.vendor.echo;
