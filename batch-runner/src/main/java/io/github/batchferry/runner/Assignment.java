package io.github.batchferry.runner;

import io.github.batchferry.runner.cost.PriceTable;
import io.github.batchferry.runner.cost.Unpriced;
import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.plan.BatchPlan;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.Shard;

/**
 * What this job is to answer, once all of it is known to be possible.
 *
 * @param job what the workflow was given
 * @param shard the job's share of the requests
 * @param plan which vendor answers which request
 * @param prices what that costs
 * @param tally counts all responses, earlier ones included
 * @param unpriced answered requests of earlier runs whose price is not known; empty where no budget is set
 */
record Assignment(Job job, Shard shard, BatchPlan plan, PriceTable prices, Tally tally, Unpriced unpriced) {}
