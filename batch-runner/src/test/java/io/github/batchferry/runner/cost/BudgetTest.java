package io.github.batchferry.runner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.engine.Launching.End;
import io.github.batchferry.runner.engine.Launching.Leave;
import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    private static final VendorConfig VENDOR = TestVendors.of("cloud", "openai", null);

    /** A dollar for every token that comes out. */
    private static final Pricing DOLLAR_A_TOKEN =
            (vendor, model, usage) -> Optional.of(BigDecimal.valueOf(usage.output()));

    private final Budget budget = new Budget(new BigDecimal("10"), DOLLAR_A_TOKEN);

    private static RequestLine request(String id, String more) {
        try {
            RawJson body = RawJson.parse(("{\"model\":\"m\"" + more + "}").getBytes(StandardCharsets.UTF_8));
            return RequestLineComposer.compose(new CustomId(id), new EndpointPath("/v1/x"), Optional.empty(), body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static RequestLine upTo(String id, long tokens) {
        return request(id, ",\"max_tokens\":" + tokens);
    }

    private static ResponseLine response(String id, ResponseStatus status, Optional<BigDecimal> cost) {
        return new ResponseLine(
                "batch_req_1",
                new CustomId(id),
                Optional.empty(),
                status == ResponseStatus.SUCCEEDED
                        ? Optional.empty()
                        : Optional.of(new ResponseLine.Failure("http_error", "no")),
                status,
                Optional.empty(),
                cost.map(c -> new TokenUsage(0, c.longValue(), 0, 0, 0)),
                cost,
                1,
                1,
                "cloud",
                "m");
    }

    private void costs(RequestLine request, String cost) {
        budget.count(response(request.customId().value(), ResponseStatus.SUCCEEDED, Optional.of(new BigDecimal(cost))));
        budget.ended(request, End.SETTLED);
    }

    @Test
    void aRequestWaitsForThoseUnderWayWhichMayCostLess() {
        RequestLine first = upTo("a", 6);
        RequestLine second = upTo("b", 6);
        assertThat(budget.ask(VENDOR, first)).isEqualTo(Leave.GO);
        budget.started(VENDOR, first);

        assertThat(budget.ask(VENDOR, second)).isEqualTo(Leave.WAIT);
        costs(first, "4");
        assertThat(budget.ask(VENDOR, second)).isEqualTo(Leave.GO);
    }

    @Test
    void aRequestThatWouldExceedWhatIsLeftEndsTheBatch() {
        RequestLine first = upTo("a", 6);
        budget.started(VENDOR, first);
        costs(first, "6");

        assertThat(budget.ask(VENDOR, upTo("b", 4))).as("just enough").isEqualTo(Leave.GO);
        assertThat(budget.ask(VENDOR, upTo("c", 5))).isEqualTo(Leave.NEVER);
        assertThat(budget.reason().code()).isEqualTo("budget_exhausted");
        assertThat(budget.reason().message()).startsWith("not sent: $6 of the budget of $10 are spent");
    }

    @Test
    void anAttemptThatWasRejectedGivesItsReservationBack() {
        RequestLine first = upTo("a", 10);
        budget.started(VENDOR, first);
        assertThat(budget.ask(VENDOR, upTo("b", 1))).isEqualTo(Leave.WAIT);

        budget.ended(first, End.SETTLED);
        assertThat(budget.ask(VENDOR, upTo("b", 1))).isEqualTo(Leave.GO);
    }

    @Test
    void everyAttemptWithoutAnAnswerIsSpentSinceTheVendorBillsIt() {
        RequestLine first = upTo("a", 4);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(budget.ask(VENDOR, first)).isEqualTo(Leave.GO);
            budget.started(VENDOR, first);
            if (attempt == 1) {
                budget.count(response("a", ResponseStatus.ERRORED, Optional.empty()));
            }
            budget.ended(first, End.UNANSWERED);
        }

        assertThat(budget.ask(VENDOR, upTo("b", 3))).isEqualTo(Leave.NEVER);
        assertThat(budget.reason().message()).startsWith("not sent: $8 of");
        assertThat(budget.ask(VENDOR, upTo("b", 2))).isEqualTo(Leave.GO);
    }

    @Test
    void responsesOfEarlierRunsCount() {
        budget.count(response("old", ResponseStatus.SUCCEEDED, Optional.of(new BigDecimal("9.5"))));

        assertThat(budget.ask(VENDOR, upTo("a", 1))).isEqualTo(Leave.NEVER);
    }

    @Test
    void aSuccessOfUnknownCostCountsAsItsReservationAndAFailureAsNothing() {
        RequestLine first = upTo("a", 6);
        budget.started(VENDOR, first);
        budget.count(response("a", ResponseStatus.SUCCEEDED, Optional.empty()));
        budget.ended(first, End.SETTLED);
        assertThat(budget.ask(VENDOR, upTo("b", 5))).isEqualTo(Leave.NEVER);

        RequestLine third = upTo("c", 4);
        budget.started(VENDOR, third);
        budget.count(response("c", ResponseStatus.ERRORED, Optional.empty()));
        budget.ended(third, End.SETTLED);
        assertThat(budget.ask(VENDOR, upTo("d", 4))).isEqualTo(Leave.GO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"max_tokens\":7 | 7",
                ",\"max_completion_tokens\":7,\"max_tokens\":9 | 7",
                ",\"max_output_tokens\":7 | 7",
                ",\"generationConfig\":{\"maxOutputTokens\":7} | 7",
                ",\"max_tokens\":7,\"n\":3 | 21",
                ",\"max_tokens\":7,\"n\":0 | 7",
                ",\"max_tokens\":4611686018427387904,\"n\":3 | 3000000000",
                ",\"max_tokens\":9223372036854775808,\"n\":9223372036854775808 | 1000000000000000000",
                ",\"max_tokens\":-1 | 1000",
                ",\"max_tokens\":\"7\" | 1000",
                ",\"temperature\":0 | 1000"
            })
    void aRequestIsExpectedToTakeWhatItAllows(String more, long output) {
        assertThat(new Estimate().of(request("a", more)).output()).isEqualTo(output);
    }

    @Test
    void withoutABoundTheLargestAnswerSoFarIsExpected() {
        Estimate estimate = new Estimate();
        RequestLine request = request("a", "");
        estimate.learn("m", new TokenUsage(1, 30, 0, 0, 0));
        estimate.learn("m", new TokenUsage(1, 20, 0, 0, 0));
        estimate.learn("other", new TokenUsage(1, 90, 0, 0, 0));

        assertThat(estimate.of(request).output()).isEqualTo(30);
        assertThat(estimate.of(request).input())
                .as("a quarter of 13 bytes, rounded up")
                .isEqualTo(4);
    }

    @Test
    void shardsTogetherNeverHaveMoreThanTheBatch() {
        assertThat(Budget.share(BigDecimal.TEN, 3)).isEqualByComparingTo("3.333333333");
    }

    @Test
    void aBudgetThatCannotBeKeptIsRefusedWithEveryModelThatHasNoPrice() {
        BudgetCheck check = new BudgetCheck(
                new BigDecimal("2.5"),
                (vendor, model, usage) -> model.equals("m") ? Optional.of(BigDecimal.ONE) : Optional.empty(),
                ".ferry/prices.json");
        check.look(VENDOR, "m");
        assertThatCode(check::throwIfAny).doesNotThrowAnyException();
        check.look(VENDOR, "x");
        check.look(VENDOR, "y");
        check.look(VENDOR, "x");

        assertThatThrownBy(check::throwIfAny)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "cannot keep a budget of $2.5: the price of model `x` of vendor `cloud` is not known: add")
                .satisfies(e -> assertThat(((InvalidInputException) e).count()).isEqualTo(2));
    }

    /** The bound holds for whatever order the answers come in, as long as none costs more than it allows. */
    @Property(tries = 300)
    void nothingIsSpentBeyondTheBudget(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int limit) {
        Random random = new Random(seed);
        Budget kept = new Budget(BigDecimal.valueOf(limit), DOLLAR_A_TOKEN);
        Deque<RequestLine> underWay = new ArrayDeque<>();
        long spent = 0;
        for (int i = 0; i < 60; i++) {
            RequestLine next = upTo("r" + i, random.nextInt(6));
            Leave leave = kept.ask(VENDOR, next);
            if (leave == Leave.GO) {
                kept.started(VENDOR, next);
                underWay.add(next);
            }
            assertThat(leave == Leave.WAIT && underWay.isEmpty())
                    .as("waits for nothing")
                    .isFalse();
            if (!underWay.isEmpty() && (leave != Leave.GO || random.nextBoolean())) {
                RequestLine done = underWay.poll();
                long cost = random.nextInt(done.body().tree().path("max_tokens").asInt() + 1);
                spent += cost;
                kept.count(response(
                        done.customId().value(), ResponseStatus.SUCCEEDED, Optional.of(BigDecimal.valueOf(cost))));
                kept.ended(done, End.SETTLED);
            }
            assertThat(spent).isLessThanOrEqualTo(limit);
        }
    }
}
