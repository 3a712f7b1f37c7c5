package io.github.batchferry.runner.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.Shard;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace PACE = new Pace(Duration.ofSeconds(30), 5_000, Duration.ofSeconds(10));

    @Test
    void allShardsTogetherPushAsOftenAsOneJob() {
        Pace shared = PACE.of(new Shard(3, 8));

        assertThat(shared.interval()).isEqualTo(PACE.interval().multipliedBy(8));
        assertThat(shared.shortest()).isEqualTo(PACE.shortest().multipliedBy(8));
        assertThat(PACE.of(Shard.WHOLE)).isEqualTo(PACE);
    }

    @Test
    void shardsThatStartTogetherLookOneAfterTheOther() {
        assertThat(IntStream.range(0, 8)
                        .mapToObj(number -> PACE.of(new Shard(number, 8)).first()))
                .doesNotHaveDuplicates()
                .allMatch(first -> first.compareTo(PACE.of(new Shard(0, 8)).look()) <= 0);
    }
}
