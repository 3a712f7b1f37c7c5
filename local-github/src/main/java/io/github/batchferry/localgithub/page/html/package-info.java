/** Markup of the pages for people, which can hold no text that was not escaped. */
package io.github.batchferry.localgithub.page.html;
