/** HTTP as the API needs it: routes, calls that may be done, answers, pages, temporary links. Knows nothing of what is served. */
package io.github.batchferry.localgithub.http;
