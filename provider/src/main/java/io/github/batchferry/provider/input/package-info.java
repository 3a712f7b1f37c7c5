/** What users hand in, in the forms they have it, turned into request lines. */
package io.github.batchferry.provider.input;
