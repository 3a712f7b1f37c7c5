package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives a clear error with its place, exit 2, and changes nothing. */
@SaysNothing("what is wrong with the input is found before a GitHub is needed")
class BadInputTest {
    @TempDir
    Path home;

    @Test
    void everyMistakeIsReportedInOneGoAndNothingIsDispatchedOrWritten() throws Exception {
        Files.writeString(home.resolve("bad.jsonl"), """
                {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"echo-1","messages":[]}}
                {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"echo-1"
                {"custom_id":"c","method":"PUT","url":"/v1/chat/completions","body":{"model":"echo-1","messages":[]}}
                {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"echo-1","messages":[]}}
                {"custom_id":"d","method":"POST","url":"/v1/chat/completions","body":{"messages":[]}}
                {"custom_id":"e","method":"POST","url":"/v1/chat/completions","vendor":"ecko","body":{"model":"echo-1","messages":[]}}
                """);

        FerryProcess.Result result =
                FerryProcess.run(home, "run", "bad.jsonl", "-o", "out.jsonl").expectExit(2);

        assertThat(result.err())
                .contains("bad.jsonl:2: not valid JSON")
                .contains("bad.jsonl:3 $.method: expected POST, found `PUT`")
                .contains("bad.jsonl:4 $.custom_id: `a` was already used at bad.jsonl:1")
                .contains("bad.jsonl:5 $.body.model: missing")
                .contains("bad.jsonl:6 $.vendor: unknown vendor `ecko`; did you mean `echo`?; the runner has: echo");
        assertThat(result.out()).isEmpty();
        assertThat(home.resolve("out.jsonl")).doesNotExist();
        assertThat(home.resolve(".ferry/batches")).doesNotExist();
    }

    @Test
    void aMissingFileIsOneLine() {
        oneLine(FerryProcess.run(home, "run", "nowhere.jsonl"), "nowhere.jsonl");
    }

    @Test
    void anEmptyFileIsOneLine() throws Exception {
        Files.writeString(home.resolve("empty.jsonl"), "\n\n");

        oneLine(FerryProcess.run(home, "run", "empty.jsonl"), "no requests");
    }

    @Test
    void anUnknownTargetIsOneLine() throws Exception {
        Files.writeString(home.resolve("a.jsonl"), "{\"id\":\"a\",\"prompt\":\"x\",\"model\":\"echo-1\"}\n");

        oneLine(FerryProcess.run(home, "run", "a.jsonl", "--target", "clout"), "unknown target `clout`");
    }

    @Test
    void anUnreadableTargetsFileIsOneLine() throws Exception {
        Files.writeString(home.resolve("a.jsonl"), "{\"id\":\"a\",\"prompt\":\"x\",\"model\":\"echo-1\"}\n");
        Files.writeString(home.resolve("targets.yaml"), "targets: [");

        oneLine(FerryProcess.run(home, "run", "a.jsonl"), "targets.yaml:1");
    }

    @Test
    void anUnknownOptionIsOneLineAndAHint() {
        FerryProcess.Result result =
                FerryProcess.run(home, "run", "--tagret", "x").expectExit(2);

        assertThat(result.err()).contains("--tagret").contains("ferry run --help");
        assertThat(result.err().lines().count()).isLessThanOrEqualTo(4);
    }

    private void oneLine(FerryProcess.Result result, String expected) {
        result.expectExit(2);
        assertThat(result.err().lines().filter(line -> line.contains(expected)))
                .as("%s", result)
                .hasSize(1);
        assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(home.resolve(".ferry/batches")).doesNotExist();
    }
}
