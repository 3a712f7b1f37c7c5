package io.github.batchferry.runner.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponsePartsTest {
    @TempDir
    Path folder;

    private final List<ClosedPart> closed = new ArrayList<>();

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyLineIsInTheFileBeforeTheNextOneIsTaken() throws IOException {
        ResponseParts parts = new ResponseParts(folder, Shard.WHOLE, 0, 1000, closed::add);
        parts.append(line("{\"a\":1}"));
        assertThat(folder.resolve("responses-000-0000.jsonl")).hasContent("{\"a\":1}\n");
        parts.append(line("{\"b\":2}"));
        assertThat(folder.resolve("responses-000-0000.jsonl")).hasContent("{\"a\":1}\n{\"b\":2}\n");
        assertThat(closed).isEmpty();
    }

    @Test
    void noPartGrowsBeyondItsSizeUnlessOneLineDoes() throws IOException {
        ResponseParts parts = new ResponseParts(folder, Shard.WHOLE, 7, 10, closed::add);
        for (String text : List.of("1234", "1234", "1", "12345678901234", "1")) {
            parts.append(line(text));
        }
        parts.close();

        assertThat(closed)
                .extracting(part -> part.part().name() + " " + part.part().lines() + " "
                        + part.part().bytes())
                .containsExactly(
                        "responses-000-0007.jsonl 2 10",
                        "responses-000-0008.jsonl 1 2",
                        "responses-000-0009.jsonl 1 15",
                        "responses-000-0010.jsonl 1 2");
        for (ClosedPart part : closed) {
            assertThat(part.part().sha256()).isEqualTo(Sha256.of(Files.readAllBytes(part.file())));
        }
    }

    @Test
    void closingWithoutAnOpenPartMakesNone() throws IOException {
        ResponseParts parts = new ResponseParts(folder, Shard.WHOLE, 0, 10, closed::add);
        parts.close();

        assertThat(parts.hasOpen()).isFalse();
        assertThat(closed).isEmpty();
    }

    private ResponseLine record(RawJson body, Optional<String> text) throws Exception {
        return record(new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.of(new ResponseLine.Answer(200, Optional.empty(), body)),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                text,
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "cloud",
                "m"));
    }

    private ResponseLine record(ResponseLine response) throws Exception {
        Tally tally = new Tally();
        ResponseParts parts = new ResponseParts(folder, Shard.WHOLE, 0, Long.MAX_VALUE, closed::add);
        new ResponseRecorder(new Redactor(List.of()), parts, tally).accept(response);
        parts.close();
        byte[] file = Files.readAllBytes(closed.get(0).file());
        assertThat(file.length).isLessThanOrEqualTo(JsonlReader.MAX_LINE_BYTES + 1);
        assertThat(tally.total()).isEqualTo(1);
        return ResponseLineCodec.read(file);
    }

    @Test
    void aLongErrorCodeIsCutAndAShortMessageStays() throws Exception {
        ResponseLine response = record(new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.empty(),
                Optional.of(new ResponseLine.Failure("c".repeat(99) + "\ud83d\ude00".repeat(9), "why")),
                ResponseStatus.ERRORED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "cloud",
                "m"));

        assertThat(response.error()).contains(new ResponseLine.Failure("c".repeat(99), "why"));
    }

    @Test
    void anAnswerTooLongForALineLosesItsTextFirst() throws Exception {
        String text = "x".repeat(17_000_000);

        ResponseLine response = record(RawJson.ofText(text), Optional.of(text));

        assertThat(response.status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(response.text()).isEmpty();
        assertThat(response.answer())
                .hasValueSatisfying(a -> assertThat(a.body().size()).isEqualTo(17_000_002));
    }

    @Test
    void anAnswerThatFitsInNoLineBecomesAnError() throws Exception {
        ResponseLine response = record(RawJson.ofText("\u0001".repeat(6_000_000)), Optional.empty());

        assertThat(response.status()).isEqualTo(ResponseStatus.ERRORED);
        assertThat(response.error())
                .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("answer_too_large"));
    }
}
