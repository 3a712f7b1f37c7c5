/**
 * What answers cost: prices of tokens, and the budget of a batch. Amounts are decimals and exact; nothing is ever rounded but
 * the share of a budget.
 */
package io.github.batchferry.runner.cost;
