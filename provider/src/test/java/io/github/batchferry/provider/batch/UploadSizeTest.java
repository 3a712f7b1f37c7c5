package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many bytes go up for prompts in plain English, counted where they pass: headers and all. */
class UploadSizeTest {
    private static final String SYSTEM = "You are a careful editor. Answer in the language of the question, keep to the"
            + " length that is asked for, and say so plainly if the question cannot be answered as it stands.";

    @TempDir
    private Path folder;

    @Test
    void promptsInsideTheDispatchTakeAtMostTwoFifthsOfTheirSize() throws Exception {
        String requests = prose(1);

        assertThat(ratio(requests, "inline")).isLessThanOrEqualTo(0.40);
    }

    @Test
    void promptsOnTheBranchTakeAtMostTwoFifthsOfTheirSize() throws Exception {
        // one round is longer than the window of the compression, so that the next ones do not come for nothing
        String requests = prose(8);

        assertThat(ratio(requests, "branch")).isLessThanOrEqualTo(0.40);
    }

    private double ratio(String requests, String way) throws Exception {
        try (ServedWorld world = new ServedWorld(folder, "- run: 'true'\n");
                Relay relay = Relay.before(world.github.apiUrl())) {
            world.client(relay.url()).submit(World.source(requests), world.target(), false);

            assertThat(world.heard.words).contains(way, "dispatched");
            return (double) relay.sent() / requests.getBytes(UTF_8).length;
        }
    }

    private static String prose(int rounds) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int round = 0; round < rounds; round++) {
            int number = 0;
            for (String prompt : prompts()) {
                lines.append(line("prose-" + round + "-" + number++, prompt)).append('\n');
            }
        }
        return lines.toString();
    }

    private static List<String> prompts() throws Exception {
        try (InputStream prompts = UploadSizeTest.class.getResourceAsStream("/prose-prompts.txt")) {
            return new String(prompts.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static String line(String id, String prompt) {
        ObjectNode request = JsonSupport.MAPPER.createObjectNode();
        request.put("custom_id", id).put("method", "POST").put("url", "/v1/chat/completions");
        ObjectNode body = request.putObject("body").put("model", "echo-1");
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", SYSTEM);
        messages.addObject().put("role", "user").put("content", prompt);
        body.put("temperature", 0.2).put("max_tokens", 400);
        return request.toString();
    }
}
