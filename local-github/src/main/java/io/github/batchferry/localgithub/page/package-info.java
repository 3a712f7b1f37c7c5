/** The pages for people: who may see them, and where they are. */
package io.github.batchferry.localgithub.page;
