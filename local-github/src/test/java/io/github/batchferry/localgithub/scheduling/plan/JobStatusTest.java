package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Contexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStatusTest {
    private static final Contexts NOTHING = new Contexts(Map.of());

    private static JobStatus status(String results, boolean cancelled) {
        Map<String, JobResult> ancestors = new HashMap<>();
        for (String result : results.split(" ")) {
            if (!result.isEmpty()) {
                ancestors.put("job" + ancestors.size(), JobResult.valueOf(result));
            }
        }
        return new JobStatus(ancestors, cancelled);
    }

    @ParameterizedTest
    @CsvSource({
        // results, cancelled, success(), failure(), cancelled()
        "'',              false, true,  false, false",
        "'',              true,  false, false, true",
        "SUCCESS SUCCESS, false, true,  false, false",
        "SUCCESS FAILURE, false, false, true,  false",
        "SKIPPED FAILURE, false, false, true,  false",
        "SUCCESS SKIPPED, false, false, false, false",
        "CANCELLED,       false, false, false, false",
        "FAILURE,         true,  false, false, true"
    })
    void eachFunctionLooksAtAllBefore(
            String results, boolean cancelled, boolean success, boolean failure, boolean isCancelled) {
        JobStatus status = status(results, cancelled);

        assertThat(status.call("success", List.of()).booleanValue()).isEqualTo(success);
        assertThat(status.call("failure", List.of()).booleanValue()).isEqualTo(failure);
        assertThat(status.call("cancelled", List.of()).booleanValue()).isEqualTo(isCancelled);
        assertThat(status.call("always", List.of()).booleanValue()).isTrue();
        assertThat(status.lets(Optional.empty(), NOTHING)).isEqualTo(success);
    }

    @Test
    void itCanBeAskedAboutSomeJobsOnly() {
        JobStatus status = new JobStatus(Map.of("a", JobResult.FAILURE, "b", JobResult.SUCCESS), false);

        assertThat(status.call("success", List.of(TextNode.valueOf("B"))).booleanValue())
                .isTrue();
        assertThat(status.call("failure", List.of(TextNode.valueOf("b"))).booleanValue())
                .isFalse();
        assertThat(status.call("failure", List.of(TextNode.valueOf("a"))).booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS,         false, SUCCESS",
        "FAILURE,         false, FAILURE",
        "FAILURE,         true,  SUCCESS",
        "TIMED_OUT,       false, FAILURE",
        "CANCELLED,       true,  CANCELLED",
        "SKIPPED,         false, SKIPPED",
        "STARTUP_FAILURE, false, FAILURE"
    })
    void aConclusionStandsForAResult(Conclusion conclusion, boolean tolerated, JobResult result) {
        assertThat(JobResult.of(conclusion, tolerated)).isEqualTo(result);
    }

    @Test
    void theWorstOfSeveralResultsCounts() {
        assertThat(JobResult.of(List.of(JobResult.SUCCESS, JobResult.SKIPPED))).isEqualTo(JobResult.SUCCESS);
        assertThat(JobResult.of(List.of(JobResult.SKIPPED, JobResult.SKIPPED))).isEqualTo(JobResult.SKIPPED);
        assertThat(JobResult.of(List.of(JobResult.SUCCESS, JobResult.CANCELLED)))
                .isEqualTo(JobResult.CANCELLED);
        assertThat(JobResult.of(List.of(JobResult.CANCELLED, JobResult.FAILURE)))
                .isEqualTo(JobResult.FAILURE);
    }
}
