package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseTest {
    private final Noise noise = new Noise();

    @Test
    void triesToBeFasterAfterFourEpisodesAndGivesUpAfterThreeRejections() {
        episodes(3);
        assertThat(noise.speed()).isEqualTo(1);
        episodes(1);
        assertThat(noise.speed()).isEqualTo(2);

        send(10, 3);

        assertThat(noise.speed()).isEqualTo(1);
        assertThat(noise.isFound()).isFalse();
    }

    @Test
    void everyTrialThatFailsMakesTheNextOneRarer() {
        episodes(4);
        send(3, 3);
        episodes(7);
        assertThat(noise.speed()).isEqualTo(1);
        episodes(1);
        assertThat(noise.speed()).isEqualTo(2);
    }

    @Test
    void whoIsNotRejectedMoreOftenWhenFasterIsNotTooFast() {
        episodes(4);
        send(24, 2);

        assertThat(noise.isFound()).isTrue();
        assertThat(noise.speed()).isEqualTo(1);
    }

    @Test
    void manyRejectionsAreNoNoise() {
        episodes(4);
        send(24, 0);
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
    }

    private void episodes(int count) {
        for (int i = 0; i < count; i++) {
            noise.measured();
        }
    }

    /** Calls, evenly some of which are rejected. */
    private void send(int calls, int rejected) {
        for (int i = 1; i <= calls; i++) {
            noise.sent();
            if (i * rejected / calls > (i - 1) * rejected / calls) {
                noise.rejected(false);
            } else {
                noise.answered();
            }
        }
    }
}
