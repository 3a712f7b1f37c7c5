/** The batch's requests on this machine: fetched, verified, and read one by one from a file. */
package io.github.batchferry.runner.requests;
