package io.github.batchferry.runner.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The inputs of the dispatch, from the event file that GitHub writes. */
final class EventInputs {
    static final String PLACE = "workflow inputs";

    private final JsonNode inputs;
    private final Problems problems;

    private EventInputs(JsonNode inputs, Problems problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    static EventInputs read(Path event, Problems problems) {
        try {
            JsonNode inputs =
                    JsonSupport.MAPPER.readTree(Files.readAllBytes(event)).path("inputs");
            if (!inputs.isObject()) {
                problems.add(PLACE, 0, "", "missing in the event file; start this program by workflow_dispatch");
            }
            return new EventInputs(inputs, problems);
        } catch (JsonProcessingException e) {
            problems.add("GITHUB_EVENT_PATH", 0, "", JsonSupport.explain(e));
        } catch (IOException e) {
            problems.add("GITHUB_EVENT_PATH", 0, "", "cannot read the file `" + event + "`");
        }
        return new EventInputs(JsonSupport.MAPPER.missingNode(), problems);
    }

    /** The batch, by the very text of the input: the workflow queues runs by it, and blanks would make another queue. */
    Optional<BatchId> batchId() {
        return required(BatchFiles.INPUT_BATCH_ID, text -> new BatchId(raw(BatchFiles.INPUT_BATCH_ID)));
    }

    /**
     * Reports shards that are not those of the manifest. The workflow makes its legs of this very text, and joins whatever is
     * not {@code [0]}: two legs of one shard would answer the same requests, and a join of one shard would have nothing to
     * join.
     */
    void requireShards(int count) {
        JsonNode found = inputs.path(BatchFiles.INPUT_SHARDS);
        String legs = found.isMissingNode() || found.isNull() ? BatchFiles.shards(1) : found.asText();
        if (!legs.equals(BatchFiles.shards(count))) {
            problem(
                    BatchFiles.INPUT_SHARDS,
                    "is `" + legs + "`, expected `" + BatchFiles.shards(count) + "`, the shards of the manifest");
        }
    }

    Optional<PromptsArtifact> prompts() {
        return required(BatchFiles.INPUT_PROMPTS_ARTIFACT, PromptsArtifact::parse);
    }

    Optional<BatchManifest> manifest() {
        return required(BatchFiles.INPUT_MANIFEST, text -> {
            try {
                return BatchManifest.parse(text.getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJsonException e) {
                throw new IllegalArgumentException(e.getMessage());
            }
        });
    }

    String resultsPrefix() {
        return text(BatchFiles.INPUT_RESULTS_BRANCH).orElse(BatchFiles.DEFAULT_RESULTS_PREFIX);
    }

    /** Whether the results are wanted as an artifact, too. */
    boolean resultsArtifact() {
        return text(BatchFiles.INPUT_RESULTS_ARTIFACT).equals(Optional.of("true"));
    }

    /** How many runs the workflow has started by itself. */
    int continuation() {
        String text = text(BatchFiles.INPUT_CONTINUATION).orElse("0");
        if (!text.matches("[0-9]{1,3}")) {
            problem(BatchFiles.INPUT_CONTINUATION, "expected a number from 0, found `" + text + "`");
            return 0;
        }
        return Integer.parseInt(text);
    }

    void problem(String input, String message) {
        problems.add(PLACE, 0, "$." + input, message);
    }

    private <T> Optional<T> required(String input, Function<String, T> type) {
        if (!inputs.isObject()) {
            return Optional.empty();
        }
        Optional<String> text = text(input);
        if (text.isEmpty()) {
            problem(input, "missing");
            return Optional.empty();
        }
        try {
            return text.map(type);
        } catch (IllegalArgumentException e) {
            problem(input, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> text(String input) {
        String text = raw(input);
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private String raw(String input) {
        return inputs.path(input).asText("");
    }
}
