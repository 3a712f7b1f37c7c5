package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchValidatorTest {
    private final Problems problems = new Problems();

    @Test
    void aCustomIdUsedTwiceNamesBothPlaces() throws Exception {
        BatchValidator validator = new BatchValidator(problems, Optional.empty(), Optional.empty());

        validator.accept("a.jsonl", 1, request("x", Optional.empty()));
        validator.accept("a.jsonl", 2, request("y", Optional.empty()));
        validator.accept("b.jsonl", 9, request("x", Optional.empty()));

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly("b.jsonl:9 $.custom_id: `x` was already used at a.jsonl:1");
        assertThat(validator.distinctRequests()).isEqualTo(2);
    }

    @Test
    void vendorsAreCheckedWhereTheyAreKnown() throws Exception {
        VendorsFile vendors = VendorsParser.parse("v", "vendors: [{name: echo, kind: echo, models: [\"echo*\"]}]");
        BatchValidator validator = new BatchValidator(problems, Optional.of(vendors), Optional.empty());

        validator.accept("a.jsonl", 1, request("x", Optional.empty()));
        validator.accept("a.jsonl", 2, request("y", Optional.of("ecko")));

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.jsonl:2 $.vendor: unknown vendor `ecko`; did you mean `echo`?; the runner has: echo");
    }

    @Test
    void aVendorMustAllowTheModelsThatABodyFallsBackTo() throws Exception {
        VendorsFile vendors = VendorsParser.parse("v", "vendors: [{name: echo, kind: echo, models: [\"echo*\"]}]");
        BatchValidator validator = new BatchValidator(problems, Optional.of(vendors), Optional.empty());
        String body = "{\"messages\":[{\"models\":[\"dear\"]}],\"model\":\"echo-1\",\"mod\\u0065ls\":";

        validator.accept("a.jsonl", 1, withBody("x", body + "[\"echo-2\",\"echo-3\",{\"a\":[1]}]}"));
        validator.accept("a.jsonl", 2, withBody("y", body + "[\"echo-2\",\"dear\",7,\"dearer\"]}"));
        validator.accept("a.jsonl", 3, withBody("z", body + "\"dear\"}"));

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.jsonl:2 $.body.models[1]: vendor `echo` does not allow model `dear`; it allows: echo*",
                        "a.jsonl:2 $.body.models[3]: vendor `echo` does not allow model `dearer`; it allows: echo*");
    }

    private static RequestLine withBody(String id, String body) throws Exception {
        return RequestLineComposer.compose(
                new CustomId(id),
                new EndpointPath("/v1/chat/completions"),
                Optional.empty(),
                RawJson.parse(body.getBytes(UTF_8)));
    }

    @Test
    void aHundredProblemsAreKeptAndTheRestIsCounted() {
        for (int i = 1; i <= 1_000_000; i++) {
            problems.add("big.jsonl", i, "", "broken");
        }

        InvalidInputException e = catchThrowableOfType(InvalidInputException.class, problems::throwIfAny);

        assertThat(e.count()).isEqualTo(1_000_000);
        assertThat(e.problems()).hasSize(100);
        assertThat(e).hasMessageEndingWith("big.jsonl:100: broken\nand 999900 more");
    }

    private static RequestLine request(String id, Optional<String> vendor) throws Exception {
        return RequestLineComposer.compose(
                new CustomId(id),
                new EndpointPath("/v1/chat/completions"),
                vendor,
                RawJson.parse("{\"model\":\"echo-1\"}".getBytes(UTF_8)));
    }
}
