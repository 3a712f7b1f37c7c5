package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.process.ProcessTable;

/** Looks at processes for tests. */
public final class ProcessCheck {
    private ProcessCheck() {}

    /** Whether a process still does anything; one that only waits to be reaped does not. */
    public static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !ProcessTable.zombie(pid);
    }
}
