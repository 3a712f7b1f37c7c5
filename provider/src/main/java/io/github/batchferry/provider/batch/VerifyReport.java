package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchId;
import java.util.List;

/**
 * What was found when the files of a collected batch were held against their digests.
 *
 * @param checks in the order in which they were made
 */
public record VerifyReport(BatchId batch, List<Check> checks) {
    /**
     * One thing that was held against what is known of it.
     *
     * @param what such as {@code requests}
     * @param ok whether it is as it was
     * @param finding what was found, in words
     */
    public record Check(String what, boolean ok, String finding) {}

    public VerifyReport {
        checks = List.copyOf(checks);
    }

    /** Whether all is as it was. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }
}
