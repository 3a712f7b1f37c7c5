package io.github.batchferry.localgithub.scheduling;

import java.io.IOException;
import java.util.Map;

/** The secrets that the jobs of a workflow see, environments apart: looked up when they are needed. */
@FunctionalInterface
interface VisibleSecrets {
    /** Name to value, as they are now. */
    Map<String, String> all() throws IOException;
}
