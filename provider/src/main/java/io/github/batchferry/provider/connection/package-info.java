/** How a target is reached: its Actions, its repository and its git, behind interfaces that tests fake. */
package io.github.batchferry.provider.connection;
