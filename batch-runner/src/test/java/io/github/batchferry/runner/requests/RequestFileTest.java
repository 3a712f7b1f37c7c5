package io.github.batchferry.runner.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"%s\n%s\n", "%s\r\n%s\r\n", "\uFEFF%s\n%s\r\n", "%s\n%s"})
    void loadsLinesWhateverEndsThem(String format) throws IOException {
        Path file = folder.resolve("requests.jsonl");
        Files.writeString(file, format.formatted(line("a"), line("b")));
        RequestIndex index = new RequestIndex();
        try (JsonlReader reader = new JsonlReader(Files.newInputStream(file))) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                index.add(line.get().offset(), line.get().bytes().length, 0, "m");
            }
        }

        try (RequestFile requests = new RequestFile(file, index)) {
            RequestLine second = requests.load(1);
            assertThat(requests.load(0).customId().value()).isEqualTo("a");
            assertThat(second.customId().value()).isEqualTo("b");
            assertThat(second.body().toString()).isEqualTo("{\"model\":\"m\"}");
        }
    }

    private static String line(String id) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"/v1/x\",\"body\":{\"model\":\"m\"}}";
    }
}
