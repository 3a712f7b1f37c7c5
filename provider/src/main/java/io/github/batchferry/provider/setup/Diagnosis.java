package io.github.batchferry.provider.setup;

import java.util.List;

/**
 * All findings about a target.
 *
 * @param findings in the order in which a batch would run into them
 * @param tokenAtFault whether what fails is the token: there is none, it is refused, or it may not do what is needed
 */
public record Diagnosis(List<Finding> findings, boolean tokenAtFault) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether batches would get through. */
    public boolean healthy() {
        return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL);
    }
}
