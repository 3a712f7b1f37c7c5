/** Which GitHub this one behaves like, and the URLs it is reached by. */
package io.github.batchferry.localgithub.server;
