/** Pull requests: their branches, their merge, their reviews. */
package io.github.batchferry.localgithub.rest.pulls;
