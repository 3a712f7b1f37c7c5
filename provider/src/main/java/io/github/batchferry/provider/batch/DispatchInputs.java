package io.github.batchferry.provider.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.json.JsonSupport;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs of the workflow for a batch. */
final class DispatchInputs {
    /** Most characters of the whole inputs object as compact JSON: GitHub refuses more with a 422. */
    private static final int MAX_CHARACTERS = 65_535;

    /** Room for what the workflow adds when it dispatches the batch once more: its defaults and the continuation. */
    private static final int ADDED_LATER = 100;

    private DispatchInputs() {}

    static Map<String, String> of(BatchManifest manifest, PromptsArtifact requests, Target target) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(BatchFiles.INPUT_BATCH_ID, manifest.batchId().value());
        inputs.put(BatchFiles.INPUT_PROMPTS_ARTIFACT, requests.toInput());
        inputs.put(BatchFiles.INPUT_MANIFEST, manifest.toJson().toString());
        inputs.put(BatchFiles.INPUT_RESULTS_BRANCH, target.resultsPrefix());
        int shards = manifest.options().shards();
        if (shards > 1) {
            // GitHub refuses inputs that a workflow does not know, and older ones know no shards
            inputs.put(BatchFiles.INPUT_SHARDS, BatchFiles.shards(shards));
        }
        if (target.handover().resultsArtifact()) {
            inputs.put(BatchFiles.INPUT_RESULTS_ARTIFACT, "true");
        }
        return inputs;
    }

    /** Whether GitHub takes inputs of this size: characters of their compact JSON, not bytes. */
    static boolean fit(BatchManifest manifest, Map<String, String> inputs) {
        boolean sentOn = manifest.options().continuation() == BatchOptions.Continuation.RUNNER;
        return characters(inputs) <= (sentOn ? MAX_CHARACTERS - ADDED_LATER : MAX_CHARACTERS);
    }

    private static int characters(Map<String, String> inputs) {
        try {
            return JsonSupport.MAPPER.writeValueAsString(inputs).length();
        } catch (JsonProcessingException e) {
            throw new AssertionError("a map of texts can always be written as JSON", e);
        }
    }
}
