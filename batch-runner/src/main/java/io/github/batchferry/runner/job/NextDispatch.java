package io.github.batchferry.runner.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the request that dispatches the batch once more, with the inputs it was dispatched with. The inputs come from the
 * event file: in the environment of a step they would stand in its log.
 */
public final class NextDispatch {
    private static final String FILE = "dispatch.json";

    private NextDispatch() {}

    /**
     * Writes {@code dispatch.json} into the job's temporary folder.
     *
     * @param environment the job's, which names the event file and the branch
     * @throws IOException also if the workflow has started as many runs as it may
     */
    public static Path write(Job job, Map<String, String> environment) throws IOException {
        if (job.continuation() >= BatchFiles.MAX_CONTINUATIONS) {
            throw new IOException(job.whoContinues());
        }
        JsonNode event = JsonSupport.MAPPER.readTree(
                Files.readAllBytes(Path.of(environment.get("GITHUB_EVENT_PATH").strip())));
        ObjectNode inputs = event.path("inputs").deepCopy();
        inputs.put(BatchFiles.INPUT_CONTINUATION, Integer.toString(job.continuation() + 1));
        ObjectNode body = JsonSupport.MAPPER.createObjectNode();
        body.put("ref", environment.getOrDefault("GITHUB_REF_NAME", "").strip());
        body.set("inputs", inputs);
        return Files.write(job.temporary().resolve(FILE), JsonSupport.MAPPER.writeValueAsBytes(body));
    }
}
