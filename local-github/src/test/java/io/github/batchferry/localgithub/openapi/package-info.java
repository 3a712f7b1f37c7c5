/** Holds what clients and the embedded GitHub say to each other against GitHub's own description of its REST API. */
package io.github.batchferry.localgithub.openapi;
