package io.github.batchferry.github.testing;

import java.util.Map;

/**
 * A dispatch that a {@link FakeGitHub} took.
 *
 * @param runId number of the run it became
 * @param workflow file name of the workflow
 * @param ref branch or tag
 * @param inputs as they were sent
 */
public record FakeDispatch(long runId, String workflow, String ref, Map<String, String> inputs) {
    public FakeDispatch {
        inputs = Map.copyOf(inputs);
    }
}
