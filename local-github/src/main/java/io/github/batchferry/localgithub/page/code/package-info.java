/** Pages about repositories and what is in them. */
package io.github.batchferry.localgithub.page.code;
