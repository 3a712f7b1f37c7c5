package io.github.batchferry.provider.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorCausesTest {
    @TempDir
    Path directory;

    @Test
    void theMostFrequentCausesComeFirstAndTheRestIsCounted() throws Exception {
        Path responses = responses("rare", "often", "often", "often", "twice", "twice", "also rare", "third", "third");

        assertThat(ErrorCauses.of(responses).lines())
                .containsExactly(
                        "3 requests without success: http_error: often",
                        "2 requests without success: http_error: twice",
                        "2 requests without success: http_error: third",
                        "2 requests without success for other causes; see `error` of each response");
    }

    @Test
    void aBatchWithoutErrorsHasNoCauses() throws Exception {
        assertThat(ErrorCauses.of(responses()).lines()).isEmpty();
    }

    @Test
    void whatAVendorWritesCannotSteerTheTerminal() throws Exception {
        assertThat(ErrorCauses.of(responses("red \u001b[31m alert")).lines())
                .singleElement()
                .asString()
                .doesNotContain("\u001b");
    }

    private Path responses(String... messages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String message : messages) {
            ResponseLine response = new ResponseLine(
                    "batch_req_1",
                    new CustomId("r-" + lines.size()),
                    Optional.empty(),
                    Optional.of(new ResponseLine.Failure("http_error", message)),
                    ResponseStatus.ERRORED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    1,
                    "echo",
                    "echo-1");
            lines.add(new String(ResponseLineCodec.write(response), StandardCharsets.UTF_8));
        }
        return Files.write(directory.resolve("responses.jsonl"), lines);
    }
}
