package io.github.batchferry.localgithub.execution;

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
 */
public record ExecutionSettings(
        Addresses addresses, Bash bash, HostEnvironment host, Clock clock, Duration stopGrace, int jobsAtOnce) {}
