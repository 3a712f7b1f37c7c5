package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.Shard;
import java.time.Duration;

/**
 * How often responses are pushed: after an interval, or before it is over once many have come, but never faster than GitHub
 * takes pushes (about six a minute and repository).
 *
 * @param first before the first look, by which shards that start together do not push together
 * @param interval after which a part is closed however few responses it has
 * @param responses that close a part before the interval is over
 * @param shortest time between two checkpoints
 */
public record Pace(Duration first, Duration interval, long responses, Duration shortest) {
    /** The pace of a batch that is not divided. */
    public Pace(Duration interval, long responses, Duration shortest) {
        this(shortest.compareTo(interval) < 0 ? shortest : interval, interval, responses, shortest);
    }

    /** The same pace with another interval, however short. */
    public Pace every(Duration other) {
        return new Pace(other, responses, shortest.compareTo(other) < 0 ? shortest : other);
    }

    /** The pace of one shard, such that all together push as often as one job would, one after the other. */
    public Pace of(Shard shard) {
        return shard.isWhole()
                ? this
                : new Pace(
                        first.multipliedBy(shard.number() + 1L),
                        interval.multipliedBy(shard.count()),
                        responses,
                        shortest.multipliedBy(shard.count()));
    }

    /** Time between two looks at whether a checkpoint is due. */
    Duration look() {
        return shortest.compareTo(interval) < 0 ? shortest : interval;
    }
}
