package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.engine.Engine;
import io.github.batchferry.runner.engine.LaneSetup;
import io.github.batchferry.runner.engine.Launching;
import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.engine.RequestQueue;
import io.github.batchferry.runner.engine.VendorSetup;
import io.github.batchferry.runner.testing.ManualEventLoop;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A whole batch against a simulated vendor, on a simulated clock. */
final class Simulation {
    final SimulatedVendor vendor;
    final List<GateChange> changes = new ArrayList<>();
    private final Scenario scenario;

    // Mutable state
    private int responses;
    private Instant lastAt;
    private final Instant start;

    Simulation(Scenario scenario, long seed) {
        this(scenario, 1, seed);
    }

    /** @param shares jobs that share the vendor; only one of them is simulated */
    Simulation(Scenario scenario, int shares, long seed) {
        ManualEventLoop loop = new ManualEventLoop();
        this.scenario = scenario;
        this.start = loop.now();
        this.lastAt = start;
        this.vendor = new SimulatedVendor(scenario, loop, seed);
        GateSettings settings =
                new GateSettings("cloud/m", scenario.limits(), shares, scenario.count(), Duration.ofMinutes(15));
        LaneSetup lane = new LaneSetup(
                new Queue(scenario.count()),
                new AdaptiveGate(
                        settings, new OwnerLimits(settings.limits(), settings.shares()), loop.now(), changes::add));
        Engine engine = new Engine(
                new BatchId("20260115-093000-k3p7qa"),
                List.of(new VendorSetup(vendor, scenario.limits().maxConcurrency(), List.of(lane))),
                Pricing.NONE,
                Launching.FREE,
                Backoff.standard(new Random(seed)),
                loop,
                response -> {
                    responses++;
                    lastAt = loop.now();
                });
        CompletableFuture<Void> ending = engine.start();
        loop.runAll(scenario.count() * 100 + 1_000_000);
        ending.join();
        if (responses != scenario.count() || vendor.served != scenario.count()) {
            throw new AssertionError(responses + " responses and " + vendor.served + " paid answers");
        }
    }

    /** Seconds until the last response. */
    double span() {
        return Duration.between(start, lastAt).toNanos() / 1e9;
    }

    /** Calls that were rejected, of all calls. */
    double rejectedShare() {
        return (double) vendor.rejected / vendor.asked;
    }

    /**
     * Time over the least that the limits allow: the slowest of requests, tokens and concurrency, and the last answers, on
     * which no gate has any influence.
     */
    double ratio() {
        double byRequests = byRate(scenario.count(), scenario.requestsPerSecond());
        double byTokens = byRate(vendor.tokensServed, scenario.tokensPerSecond());
        double byRate = Math.max(byRequests, byTokens) + span() - vendor.lastAdmission;
        double atOnce = Math.min(scenario.limits().maxConcurrency(), scenario.concurrencyCap());
        double byConcurrency = scenario.count() * scenario.secondsPerResponse() / atOnce;
        return span() / Math.max(byRate, byConcurrency);
    }

    private double byRate(double units, double rate) {
        double rest = units - rate * scenario.bucketSeconds();
        double before = rate * Math.min(scenario.halvedAfter(), rest / rate);
        return before / rate + (rest - before) / (rate / 2);
    }

    private static final class Queue implements RequestQueue {
        private static final RawJson BODY = body();

        private final int size;

        // Mutable state
        private int position;

        Queue(int size) {
            this.size = size;
        }

        @Override
        public OptionalInt next() {
            return position < size ? OptionalInt.of(position++) : OptionalInt.empty();
        }

        @Override
        public RequestLine load(int number) {
            return new RequestLine(
                    new CustomId("r-" + number), new EndpointPath("/v1/x"), Optional.empty(), "m", BODY, BODY);
        }

        private static RawJson body() {
            String text = "x".repeat(4 * Scenario.INPUT_TOKENS - 40);
            try {
                return RawJson.parse(("{\"model\":\"m\",\"max_tokens\":"
                                + (Scenario.MOST_TOKENS - Scenario.INPUT_TOKENS) + ",\"p\":\"" + text + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJsonException e) {
                throw new AssertionError(e);
            }
        }
    }
}
