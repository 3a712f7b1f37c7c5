package io.github.batchferry.provider.targets;

import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import java.util.OptionalInt;

/**
 * How the batches of a target are spread over jobs and runs.
 *
 * @param shards jobs among which the requests are divided; empty for one, or as many as {@code shardSize} makes
 * @param shardSize most requests of one job; empty for no such limit
 * @param continuation who starts the next run when one must end before all is answered
 */
public record Spread(OptionalInt shards, OptionalInt shardSize, Continuation continuation) {
    /** One job, and what it leaves is dispatched again by the client. */
    public static final Spread STANDARD = new Spread(OptionalInt.empty(), OptionalInt.empty(), Continuation.CLIENT);

    /** Jobs for a batch: never more than it has requests, nor than a matrix takes. */
    public int shardsFor(long requests) {
        long wanted =
                shardSize.isPresent() ? (requests + shardSize.getAsInt() - 1) / shardSize.getAsInt() : shards.orElse(1);
        return Math.toIntExact(Math.max(1, Math.min(Math.min(wanted, requests), BatchOptions.MAX_SHARDS)));
    }
}
