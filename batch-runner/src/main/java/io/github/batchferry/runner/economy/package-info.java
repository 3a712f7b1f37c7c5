/**
 * Economy mode: sends a batch through the vendors' own batch APIs, which answer within a day at half the price. Start at
 * {@link io.github.batchferry.runner.economy.EconomyRun}; what a later run must know stands in
 * {@link io.github.batchferry.runner.economy.Ledger}.
 */
package io.github.batchferry.runner.economy;
