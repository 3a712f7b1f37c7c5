package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseTest {
    private final Noise noise = new Noise();

    @Test
    void triesToBeFasterAfterFourEpisodesAndGivesUpAfterFourRejections() {
        episodes(3);
        assertThat(noise.speed()).isEqualTo(1);
        episodes(1);
        assertThat(noise.speed()).isEqualTo(2);

        send(10, 4);

        assertThat(noise.speed()).isEqualTo(1);
        assertThat(noise.isFound()).isFalse();
    }

    @Test
    void everyTrialThatFailsMakesTheNextOneRarer() {
        episodes(4);
        send(4, 4);
        episodes(7);
        assertThat(noise.speed()).isEqualTo(1);
        episodes(1);
        assertThat(noise.speed()).isEqualTo(2);
    }

    @Test
    void whoIsNotRejectedMoreOftenWhenFasterIsNotTooFast() {
        episodes(4);
        send(32, 3);

        assertThat(noise.isFound()).isTrue();
        assertThat(noise.speed()).isEqualTo(1);
    }

    @Test
    void manyRejectionsAreNoNoise() {
        episodes(4);
        send(32, 0);
        send(1000, 50);
        assertThat(noise.isFound()).isTrue();

        send(100, 50);

        assertThat(noise.isFound()).isFalse();
    }

    @Test
    void aVendorThatSaysHowLongToWaitKnowsWhyItRejects() {
        noise.rejected(true);
        episodes(100);
        assertThat(noise.speed()).isEqualTo(1);

        send(100, 16);
        episodes(1);

        assertThat(noise.speed()).as("long ago").isEqualTo(2);
    }

    @Test
    void fastLanesAreTriedForAsLong() {
        episodes(4, 200);

        send(299, 29);
        assertThat(noise.isFound()).isFalse();
        assertThat(noise.speed()).isEqualTo(2);
        send(1, 0);

        assertThat(noise.isFound()).isTrue();
    }

    @Test
    void callsThatSomethingElseHoldsBackProveNothing() {
        episodes(4);
        for (int i = 0; i < 32; i++) {
            noise.sent(false);
        }

        assertThat(noise.isFound()).isFalse();
    }

    private void episodes(int count) {
        episodes(count, 10);
    }

    private void episodes(int count, double rate) {
        for (int i = 0; i < count; i++) {
            noise.measured(rate);
        }
    }

    /** Calls, evenly some of which are rejected. */
    private void send(int calls, int rejected) {
        for (int i = 1; i <= calls; i++) {
            noise.sent(true);
            if (i * rejected / calls > (i - 1) * rejected / calls) {
                noise.rejected(false);
            } else {
                noise.answered();
            }
        }
    }
}
