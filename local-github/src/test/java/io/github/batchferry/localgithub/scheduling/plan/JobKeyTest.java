package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobKeyTest {
    @Test
    void itIsMadeFromTheOutsideInAndReadBack() {
        JobKey key = JobKey.ROOT.job("call").leg(2).job("build").leg(1);

        assertThat(key).hasToString("call#2/build#1").isEqualTo(JobKey.parse("call#2/build#1"));
        assertThat(key.path()).map(JobKey::toString).containsExactly("call", "call#2/build");
    }
}
