package io.github.batchferry.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * What stands on a results branch.
 *
 * @param answered requests with at least one response
 * @param repeated responses beyond the first of a request
 * @param succeeded responses with success
 * @param usage the summary's totals of tokens
 * @param costMicroDollars the summary's total, in millionths of a dollar; null where it is not known
 */
record Results(int answered, int repeated, int succeeded, JsonNode usage, BigDecimal costMicroDollars) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a branch of a bare repository. */
    static Results read(Path repository, String branch, int requests) throws IOException {
        BitSet seen = new BitSet(requests);
        int[] counts = new int[2];
        for (String name :
                git(repository, "ls-tree", "-r", "--name-only", branch).lines().toList()) {
            if (name.endsWith(".jsonl")) {
                Process blob = start(repository, "cat-file", "blob", branch + ":" + name);
                try (InputStream lines = blob.getInputStream()) {
                    responses(lines, seen, counts);
                }
            }
        }
        JsonNode summary = JSON.readTree(git(repository, "cat-file", "blob", branch + ":summary.json"));
        BigDecimal cost = summary.hasNonNull("cost_usd")
                ? new BigDecimal(summary.get("cost_usd").asText())
                : null;
        return new Results(
                seen.cardinality(),
                counts[0],
                counts[1],
                summary.has("token_usage") ? summary.get("token_usage") : summary.path("usage"),
                cost == null ? null : cost.movePointRight(6));
    }

    private static void responses(InputStream lines, BitSet seen, int[] counts) throws IOException {
        try (JsonParser parser = JSON.getFactory().createParser(lines)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    if (key.equals("custom_id")) {
                        int number = Integer.parseInt(parser.getText().substring(2));
                        counts[0] += seen.get(number) ? 1 : 0;
                        seen.set(number);
                    } else if (key.equals("status")) {
                        counts[1] += parser.getText().equals("succeeded") ? 1 : 0;
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
    }

    static String git(Path repository, String... arguments) throws IOException {
        Process process = start(repository, arguments);
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes()).strip();
        }
    }

    private static Process start(Path repository, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("git", "--git-dir", repository.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
