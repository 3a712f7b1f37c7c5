/** A log of the calls of the API and their answers, for people who look for a mistake and for tests that hold every pair against a description. */
package io.github.batchferry.localgithub.exchanges;
