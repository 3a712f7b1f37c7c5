/** What a person asks for in a browser. */
package io.github.batchferry.localgithub.page.visit;
