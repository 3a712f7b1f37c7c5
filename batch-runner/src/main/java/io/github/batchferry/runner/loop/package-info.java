/** One thread, its clock and its timers, behind {@link io.github.batchferry.runner.loop.EventLoop}. */
package io.github.batchferry.runner.loop;
