/** The workflow job this program runs in: its environment, its log and its summary page. */
package io.github.batchferry.runner.job;
