package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.Bash;
import io.github.batchferry.localgithub.server.Addresses;
import java.time.Clock;
import java.time.Duration;

/**
 * What executing jobs needs to know.
 *
 * @param addresses of this GitHub, for the jobs to call
 * @param bash shell of the steps
 * @param host what steps get of this machine
 * @param clock for records and logs
 * @param stopGrace time between SIGTERM and SIGKILL
 * @param jobsAtOnce how many jobs run at the same time; more wait in the queue
 * @param timeScale how long a second of the limits that GitHub and workflows set is, in seconds; 1 in earnest
 */
public record ExecutionSettings(
        Addresses addresses,
        Bash bash,
        HostEnvironment host,
        Clock clock,
        Duration stopGrace,
        int jobsAtOnce,
        double timeScale) {
    /** The real time that a limit of GitHub or of a workflow takes. */
    public Duration scaled(Duration limit) {
        return Duration.ofMillis(Math.max(1, Math.round(limit.toMillis() * timeScale)));
    }
}
