/**
 * A workflow file as the embedded GitHub understands it: read strictly into records, with everything it does not support
 * refused by name and line. Pure: no files, no processes.
 */
package io.github.batchferry.localgithub.workflow;
