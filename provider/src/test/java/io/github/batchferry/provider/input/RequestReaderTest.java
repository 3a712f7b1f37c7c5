package io.github.batchferry.provider.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestReaderTest {
    private static final String NATIVE =
            "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"echo-1\"}}";

    @Test
    void nativeLinesTravelByteForByte() throws Exception {
        String line = "{ \"custom_id\":\"caf\\u00e9\",\"method\":\"POST\", \"url\":\"/v1/x\","
                + "\"body\":{\"temperature\":1e2,\"model\":\"m\",\"seed\":1.0} }";

        assertThat(read(line + "\r\n\n" + NATIVE.formatted("b")))
                .extracting(r -> r.line().toString())
                .containsExactly(line, NATIVE.formatted("b"));
    }

    @Test
    void aPromptBecomesAChatCompletion() throws Exception {
        RequestLine request =
                read("{\"id\":\"cap-fr\",\"prompt\":\"Capital of\\u0020France?\",\"model\":\"openai/gpt-5\"}")
                        .get(0);

        assertThat(request.line())
                .hasToString("{\"custom_id\":\"cap-fr\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                        + "\"vendor\":\"openai\",\"body\":{\"model\":\"gpt-5\","
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Capital of\\u0020France?\"}]}}");
        assertThat(request.vendor()).contains("openai");
        assertThat(request.model()).isEqualTo("gpt-5");
    }

    @Test
    void messagesAndParametersKeepTheirBytes() throws Exception {
        RequestLine request = read("{\"id\":\"a\",\"model\":\"m\",\"messages\":[ {\"role\":\"user\",\"n\":1e2} ],"
                        + "\"params\":{ \"temperature\":0.10, \"stop\":[\"}\"] }}")
                .get(0);

        assertThat(request.body())
                .hasToString("{\"model\":\"m\",\"messages\":[ {\"role\":\"user\",\"n\":1e2} ],"
                        + " \"temperature\":0.10, \"stop\":[\"}\"] }");
    }

    @Test
    void emptyParametersAddNothing() throws Exception {
        assertThat(read("{\"id\":\"a\",\"model\":\"m\",\"prompt\":\"p\",\"params\":{ }}")
                        .get(0)
                        .body())
                .hasToString("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"p\"}]}");
    }

    @Test
    void theSlashOfAModelDividesOnlyBetweenTwoNames() throws Exception {
        assertThat(read(plain("a", "openrouter/meta/llama", "")
                        + plain("b", "/m", "")
                        + plain("c", "m/", "")
                        + plain("d", "meta/llama", "openrouter")))
                .extracting(r -> r.vendor().orElse("-") + " " + r.model())
                .containsExactly("openrouter meta/llama", "- /m", "- m/", "openrouter meta/llama");
    }

    @Test
    void everyMistakeOfEveryLineIsNamedAtOnce() {
        String file = NATIVE.formatted("a")
                + "\n{\"custom_id\":\"b\",\n"
                + "{\"custom_id\":\"c\",\"method\":\"GET\",\"url\":\"http://x\",\"body\":{}}\n"
                + "{\"id\":\"d\",\"prompt\":7,\"params\":{\"model\":\"m\"},\"modl\":\"m\"}\n"
                + NATIVE.formatted("a")
                + "\n{\"nothing\":1}\n[]\n";

        assertThat(problems(file))
                .containsExactly(
                        "in.jsonl:2: not valid JSON at column 18: unexpected end-of-input within/between Object entries",
                        "in.jsonl:3 $.method: expected POST, found `GET`",
                        "in.jsonl:3 $.url: invalid url `http://x`: expected a path such as /v1/chat/completions",
                        "in.jsonl:3 $.body.model: missing",
                        "in.jsonl:4 $.prompt: expected a text, found a number",
                        "in.jsonl:4 $.params.model: belongs on the line itself",
                        "in.jsonl:4 $.modl: unknown key; did you mean `model`?",
                        "in.jsonl:4 $.model: missing",
                        "in.jsonl:5 $.custom_id: `a` was already used at in.jsonl:1",
                        "in.jsonl:6 $: not a request; expected `custom_id`, `method`, `url` and `body`, or `id` and"
                                + " `prompt`, or `custom_id` and `params`, or `key` and `request`",
                        "in.jsonl:7 $: expected a JSON object, found an array");
    }

    @Test
    void mistakesOfPlainLinesAreNamedInTheirOwnWords() {
        assertThat(problems(plain("a", "m", "") + plain("a", "m", "")))
                .containsExactly("in.jsonl:2 $.id: `a` was already used at in.jsonl:1");
        assertThat(problems("{\"id\":\"\",\"model\":\"\",\"messages\":[]}\n"))
                .containsExactly(
                        "in.jsonl:1 $.id: expected a text, found an empty one",
                        "in.jsonl:1 $.model: expected a text, found an empty one",
                        "in.jsonl:1 $.messages: holds no message");
        assertThat(problems("{\"id\":\"a\",\"id\":\"\\ud800\",\"model\":\"m\",\"prompt\":\"\",\"messages\":[1]}\n"))
                .containsExactly(
                        "in.jsonl:1 $.id: the key appears twice",
                        "in.jsonl:1 $.id: holds half of a surrogate pair",
                        "in.jsonl:1 $.prompt: expected a text, found an empty one",
                        "in.jsonl:1 $.messages[0]: expected an object, found a number",
                        "in.jsonl:1 $.messages: not both `prompt` and `messages`");
        assertThat(problems("{\"id\":\"a\\u0007\",\"model\":\"m\",\"prompt\":\"p\"}\n"))
                .containsExactly("in.jsonl:1 $.id: invalid custom_id `a?`: expected 1 to 512 characters without control"
                        + " characters");
    }

    @Test
    void vendorsAndModelsAreCheckedWhereTheUserWroteThem() throws Exception {
        VendorsFile vendors = VendorsParser.parse("v", "vendors: [{name: echo, kind: echo, models: [\"echo*\"]}]");

        assertThat(problems(
                        plain("a", "ecko/echo-1", "") + plain("b", "gpt", "") + plain("c", "echo-1", "ecko"), vendors))
                .containsExactly(
                        "in.jsonl:1 $.model: unknown vendor `ecko`; did you mean `echo`?; the runner has: echo",
                        "in.jsonl:2 $.model: no vendor of the runner allows model `gpt`; it has: echo (echo*)",
                        "in.jsonl:3 $.vendor: unknown vendor `ecko`; did you mean `echo`?; the runner has: echo");
    }

    @Test
    void aHundredFindingsAreKeptAndAllAreCounted() {
        InvalidInputException e = invalid(plain("a", "m", "").repeat(300), Optional.empty());

        assertThat(e.count()).isEqualTo(299);
        assertThat(e.problems()).hasSize(100);
        assertThat(e).hasMessageContaining("in.jsonl:101 $.id").hasMessageEndingWith("and 199 more");
    }

    @Test
    void anInputWithoutRequestsIsAMistake() {
        assertThat(problems("")).containsExactly("in.jsonl: no requests in it");
        assertThat(problems("\n \n")).containsExactly("in.jsonl: no requests in it");
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine(@TempDir Path folder) {
        assertThat(opening(folder.resolve("none.jsonl"))).hasMessage("x: no such file");
        assertThat(opening(folder)).hasMessage("x: cannot be read: Is a directory");
    }

    private static InvalidInputException opening(Path file) {
        RequestSource source = new RequestSource("x", () -> Files.newInputStream(file));
        return catchThrowableOfType(InvalidInputException.class, () -> {
            try (RequestReader reader = RequestReader.open(source)) {
                reader.read(Optional.empty(), Optional.empty(), request -> {});
            }
        });
    }

    private static String plain(String id, String model, String vendor) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"p\",\"model\":\"" + model + "\""
                + (vendor.isEmpty() ? "" : ",\"vendor\":\"" + vendor + "\"") + "}\n";
    }

    private static List<RequestLine> read(String content) throws Exception {
        List<RequestLine> requests = new ArrayList<>();
        try (RequestReader reader = RequestReader.open(source(content))) {
            assertThat(reader.read(Optional.empty(), Optional.empty(), requests::add))
                    .isEqualTo(requests.size());
        }
        return requests;
    }

    private static List<String> problems(String content) {
        return texts(invalid(content, Optional.empty()));
    }

    private static List<String> problems(String content, VendorsFile vendors) {
        return texts(invalid(content, Optional.of(vendors)));
    }

    private static List<String> texts(InvalidInputException e) {
        return e.problems().stream().map(Problem::toString).toList();
    }

    private static InvalidInputException invalid(String content, Optional<VendorsFile> vendors) {
        return catchThrowableOfType(InvalidInputException.class, () -> {
            try (RequestReader reader = RequestReader.open(source(content))) {
                reader.read(vendors, Optional.empty(), request -> {});
            }
        });
    }

    private static RequestSource source(String content) {
        return new RequestSource("in.jsonl", () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    @Test
    void aPlainLineThatCannotBecomeARequestIsAProblemOfThatLine() {
        String deep = "[".repeat(997) + "]".repeat(997);
        assertThat(problems("{\"id\":\"a\",\"model\":\"m\",\"messages\":[{\"x\":" + deep + "}]}\n"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("in.jsonl:1 $: does not become a request: invalid body `{\"model\":\"m\"")
                .contains("document nesting depth (1001) exceeds the maximum allowed (1000)");

        String longest = "x".repeat(JsonlReader.MAX_LINE_BYTES - 60);
        assertThat(problems("{\"id\":\"a\",\"model\":\"m\",\"prompt\":\"" + longest + "\"}\n"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("expected a line of at most 33554432 bytes");
    }

    @Test
    void aMessageOrAPromptMayBeAsLongAsALine() throws Exception {
        String picture = "x".repeat(21_000_000);

        assertThat(read("{\"id\":\"a\",\"model\":\"m\",\"messages\":[{\"content\":\"" + picture + "\"}]}"))
                .hasSize(1);
        assertThat(read("{\"id\":\"a\",\"model\":\"m\",\"prompt\":\"" + picture + "\"}"))
                .hasSize(1);
    }
}
