package io.github.batchferry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ShardPropertyTest {
    private static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");

    @Property
    void everyRequestIsInExactlyOneShard(
            @ForAll @IntRange(min = 1, max = BatchOptions.MAX_SHARDS) int count,
            @ForAll @LongRange(max = 1L << 40) long request) {
        assertThat(IntStream.range(0, count).filter(number -> new Shard(number, count).owns(request)))
                .hasSize(1);
    }

    @Property
    void sizesAreWhatTheShardsOwn(
            @ForAll @IntRange(min = 1, max = BatchOptions.MAX_SHARDS) int count,
            @ForAll @IntRange(min = 1, max = 2000) int requests) {
        for (int number = 0; number < count; number++) {
            Shard shard = new Shard(number, count);
            assertThat(shard.size(requests))
                    .isEqualTo(IntStream.range(0, requests).filter(shard::owns).count());
        }
    }

    @Property
    void progressReadsBack(
            @ForAll @IntRange(max = 255) int number,
            @ForAll @LongRange(max = 1L << 40) long answered,
            @ForAll RunProgress.State state,
            @ForAll Optional<String> reason,
            @ForAll @LongRange(max = 1L << 40) long millis)
            throws Exception {
        RunProgress progress = new RunProgress(
                BATCH,
                new Shard(number, BatchOptions.MAX_SHARDS),
                answered,
                1L << 40,
                state,
                reason,
                Instant.ofEpochMilli(millis),
                Instant.ofEpochMilli(millis + 1),
                Optional.of(Instant.ofEpochMilli(millis + 5000)),
                42,
                2,
                3,
                Optional.of(new RunProgress.SoFar(answered, new BigDecimal("0.25"), 3)));

        assertThat(RunProgress.parse(progress.toJson().toByteArray())).isEqualTo(progress);
    }

    @Example
    void branchesOfShardsStandBesideTheResultsBranch() {
        assertThat(BatchFiles.shardBranch("eval-results", BATCH, new Shard(7, 8)))
                .isEqualTo(BatchFiles.resultsBranch("eval-results", BATCH) + ".shard-007");
        assertThat(BatchFiles.shardBranch("eval-results", BATCH, Shard.WHOLE))
                .isEqualTo(BatchFiles.resultsBranch("eval-results", BATCH));
    }

    @Example
    void partsTellTheirShard() {
        assertThat(BatchFiles.isResponsesPart(BatchFiles.responsesPart(2, 12345), new Shard(2, 3)))
                .isTrue();
        assertThat(BatchFiles.isResponsesPart(BatchFiles.responsesPart(2, 0), new Shard(1, 3)))
                .isFalse();
        assertThat(BatchFiles.isResponsesPart("responses-002-.jsonl", new Shard(2, 3)))
                .isFalse();
    }

    @Example
    void theMatrixNamesEveryShard() {
        assertThat(BatchFiles.shards(1)).isEqualTo("[0]");
        assertThat(BatchFiles.shards(3)).isEqualTo("[0,1,2]");
    }

    @Example
    void thereIsNoShardOutsideOfTheCount() {
        for (int[] wrong : new int[][] {{-1, 2}, {2, 2}, {0, 0}, {0, 257}}) {
            assertThatThrownBy(() -> new Shard(wrong[0], wrong[1])).isInstanceOf(InvalidValueException.class);
        }
    }
}
