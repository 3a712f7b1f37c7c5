package io.github.batchferry.runner;

import io.github.batchferry.runner.job.Job;

/** Whether a run ended with requests left for another one, and whether it makes sense to start that. */
enum Pause {
    /** All is answered. */
    NONE,
    /** Requests are left, and fewer than before: another run gets on. */
    GETTING_ON,
    /** Requests are left, as many as before: another run would most likely end like this one. */
    GETTING_NOWHERE;

    /**
     * The pause of a run. In economy mode, waiting for a vendor is getting on.
     *
     * @param before requests that were answered when it began
     * @param after requests that are answered now
     */
    static Pause after(long before, long after, Job job) {
        return after > before || job.manifest().options().economy() ? GETTING_ON : GETTING_NOWHERE;
    }
}
