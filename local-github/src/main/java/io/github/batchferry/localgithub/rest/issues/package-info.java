/** Issues, and what pull requests share with them: labels, comments, assignees. */
package io.github.batchferry.localgithub.rest.issues;
