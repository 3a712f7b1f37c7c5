package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.engine.RateGate;
import io.github.batchferry.runner.engine.TokenNeed;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.vendors.VendorLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdaptiveGateTest {
    private static final TokenNeed NEED = new TokenNeed(100, 900);
    private static final RateGate.Feedback ANSWERED = new RateGate.Feedback.Answered(Optional.empty());

    private final Deque<RateGate.Departure> underWay = new ArrayDeque<>();
    private final List<GateChange> changes = new ArrayList<>();

    // Mutable state
    private Instant now = Instant.parse("2026-01-15T09:30:00Z");
    private AdaptiveGate gate = gate(100, 1);

    @Test
    void beginsWithFourCallsAndOpensWithinMilliseconds() {
        assertThat(sendAll()).isEqualTo(4);
        assertThat(gate.ask(NEED, now)).isInstanceOf(RateGate.Admission.Closed.class);

        int after = sendAllFor(Duration.ofMillis(400));

        assertThat(4 + after).isEqualTo(100);
        assertThat(gate.ask(NEED, now)).isInstanceOf(RateGate.Admission.Full.class);
    }

    @Test
    void jumpsToTheLevelThatTheFirstHeadersTell() {
        sendAll();
        end(ANSWERED, report(LimitReport.Kind.REQUESTS, 600, 50));

        int sent = sendAllFor(Duration.ofMillis(400));

        // 50 were left after the first call, of which three were under way; 4 came in 400 ms
        assertThat(sent).isBetween(50, 52);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0)).hasToString("cloud/m: 588 requests/min (the vendor announced it)");
    }

    @Test
    void aSuccessWithNothingLeftMerelyEmptiesTheBucket() {
        sendAll();
        end(ANSWERED, report(LimitReport.Kind.REQUESTS, 600, 0));

        assertThat(sendAll()).isZero();
        assertThat(gate.hasGivenUp()).isFalse();
        assertThat(sendAllFor(Duration.ofSeconds(2))).isBetween(16, 20);
    }

    @Test
    void tokensThatWereSetAsideComeBackWithTheUsage() {
        sendAll();
        end(ANSWERED, report(LimitReport.Kind.TOKENS, 60_000, 3_500));
        assertThat(sendAll()).isZero();

        end(new RateGate.Feedback.Answered(Optional.of(new TokenUsage(100, 50, 0, 0, 0))), LimitReport.NONE);
        end(new RateGate.Feedback.Answered(Optional.of(new TokenUsage(100, 50, 0, 0, 0))), LimitReport.NONE);

        assertThat(sendAll()).isEqualTo(2);
    }

    @Test
    void inputAndOutputApartCountInsteadOfTheirSum() {
        sendAll();
        end(
                ANSWERED,
                new LimitReport(List.of(
                        meter(LimitReport.Kind.TOKENS, 60_000, 0),
                        meter(LimitReport.Kind.INPUT_TOKENS, 60_000, 60_000),
                        meter(LimitReport.Kind.OUTPUT_TOKENS, 60_000, 60_000))));

        assertThat(sendAll()).isPositive();
    }

    @Test
    void parksUntilTheTimeTheVendorNames() {
        sendAll();
        end(new RateGate.Feedback.Rejected(Optional.of(Duration.ofSeconds(20))), LimitReport.NONE);
        end(ANSWERED, LimitReport.NONE);

        assertThat(sendAllFor(Duration.ofMillis(19_990))).isZero();
        assertThat(sendAllFor(Duration.ofMillis(20))).isPositive();
    }

    @Test
    void theFirstRejectionCutsToWhatTheVendorTook() {
        sendAllFor(Duration.ofMillis(400));
        for (int i = 0; i < 40; i++) {
            end(new RateGate.Feedback.Rejected(Optional.of(Duration.ofSeconds(1))), LimitReport.NONE);
        }
        advance(Duration.ofSeconds(1));

        assertThat(underWay).hasSize(60);
        assertThat(gate.ask(NEED, now)).isInstanceOf(RateGate.Admission.Full.class);
    }

    @Test
    void recoversFromRejectionsAtTheVeryBeginningWhenTheyDoNotComeAgain() {
        for (int episode = 0; episode < 5; episode++) {
            sendAll();
            end(new RateGate.Feedback.Rejected(Optional.of(Duration.ofSeconds(1))), LimitReport.NONE);
            advance(Duration.ofSeconds(2));
        }
        for (int second = 0; second < 300; second++) {
            sendAllFor(Duration.ofMillis(500));
            int answers = underWay.size();
            for (int i = 0; i < answers; i++) {
                end(ANSWERED, LimitReport.NONE);
            }
            advance(Duration.ofMillis(500));
        }

        assertThat(sendAllFor(Duration.ofSeconds(2))).isEqualTo(100);
    }

    @Test
    void oneJobOfFourUsesAQuarter() {
        gate = gate(100, 4);
        sendAllFor(Duration.ofMillis(400));
        assertThat(underWay).hasSize(25);

        gate = gate(1000, 4);
        underWay.clear();
        sendAll();
        end(ANSWERED, report(LimitReport.Kind.REQUESTS, 600, 400));
        assertThat(sendAllFor(Duration.ofMillis(990))).isBetween(98, 100);
    }

    @Test
    void countsTokensOnlyWhereTheyAreLimited() {
        assertThat(gate.countsTokens()).isTrue();
        sendAll();
        end(ANSWERED, report(LimitReport.Kind.REQUESTS, 600, 599));
        assertThat(gate.countsTokens()).isFalse();
    }

    @Test
    void aLimitPerDayThatLooksLikeOnePerMinuteIsFoundOut() {
        sendAll();
        LimitReport.Meter daily = new LimitReport.Meter(
                LimitReport.Kind.REQUESTS,
                OptionalLong.of(200),
                OptionalLong.of(0),
                Optional.of(Duration.ofDays(1)),
                Duration.ofMinutes(1));
        end(ANSWERED, new LimitReport(List.of(daily)));

        // 200 a day are one in seven minutes
        assertThat(sendAllFor(Duration.ofMinutes(35))).isLessThanOrEqualTo(5);
    }

    @Test
    void whatTheOwnerAllowsIsSharedByAllModelsOfTheVendor() {
        VendorLimits limits = new VendorLimits(1000, OptionalInt.of(600), OptionalLong.empty());
        OwnerLimits owner = new OwnerLimits(limits, 1);
        List<AdaptiveGate> models = Stream.of("a", "b", "c")
                .map(model -> new GateSettings(model, limits, 1, 10_000, Duration.ofMinutes(15)))
                .map(settings -> new AdaptiveGate(settings, owner, now, changes::add))
                .toList();

        int sent = 0;
        for (int tick = 0; tick < 600; tick++) {
            for (AdaptiveGate model : models) {
                while (model.ask(NEED, now) instanceof RateGate.Admission.Open) {
                    model.ended(model.started(NEED, now), now, ANSWERED, LimitReport.NONE);
                    sent++;
                }
            }
            now = now.plusMillis(100);
        }

        assertThat(sent).isBetween(570, 600);
    }

    private AdaptiveGate gate(int maxConcurrency, int shares) {
        GateSettings settings = new GateSettings(
                "cloud/m", VendorLimits.concurrency(maxConcurrency), shares, 10_000, Duration.ofMinutes(15));
        return new AdaptiveGate(settings, new OwnerLimits(settings.limits(), settings.shares()), now, changes::add);
    }

    private int sendAll() {
        int sent = 0;
        while (gate.ask(NEED, now) instanceof RateGate.Admission.Open) {
            underWay.addLast(gate.started(NEED, now));
            sent++;
        }
        return sent;
    }

    private int sendAllFor(Duration time) {
        int sent = 0;
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            advance(Duration.ofMillis(5));
            sent += sendAll();
        }
        return sent;
    }

    private void end(RateGate.Feedback feedback, LimitReport limits) {
        gate.ended(underWay.removeFirst(), now, feedback, limits);
    }

    private void advance(Duration time) {
        now = now.plus(time);
    }

    private static LimitReport report(LimitReport.Kind kind, long limit, long remaining) {
        return new LimitReport(List.of(meter(kind, limit, remaining)));
    }

    private static LimitReport.Meter meter(LimitReport.Kind kind, long limit, long remaining) {
        return new LimitReport.Meter(
                kind, OptionalLong.of(limit), OptionalLong.of(remaining), Optional.empty(), Duration.ofMinutes(1));
    }
}
