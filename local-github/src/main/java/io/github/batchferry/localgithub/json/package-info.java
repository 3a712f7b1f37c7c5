/** The one Jackson configuration of the embedded GitHub. */
package io.github.batchferry.localgithub.json;
