package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.RetryHint;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.vendors.ModelGlob;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A vendor behind a network of 50 ms that enforces its limits with token buckets and a bound on concurrency, and takes
 * lognormal times to answer; faults come at random on top. It counts what it does.
 */
final class SimulatedVendor implements Vendor {
    static final Duration ONE_WAY = Duration.ofMillis(25);
    static final Duration STALL = Duration.ofSeconds(5);

    /** Kinds of faults: two of them stall. */
    static final int FAULTS = 5;

    private static final int NO_HINT = -1;
    private static final int NEVER_GIVE_UP = 1000;

    private final Scenario scenario;
    private final EventLoop loop;
    private final Random random;
    private final Instant start;
    private final Map<VendorAnswer, LimitReport> reports = new IdentityHashMap<>();
    private final List<Double> askedAt = new ArrayList<>();
    private final Level requests;
    private final Level tokens;

    // Mutable state
    int asked;
    int rejected;
    int served;
    int inside;
    long tokensServed;
    double lastAdmission;

    SimulatedVendor(Scenario scenario, EventLoop loop, long seed) {
        this.scenario = scenario;
        this.loop = loop;
        this.random = new Random(seed);
        this.start = loop.now();
        this.requests = new Level(scenario.requestsPerSecond(), scenario.bucketSeconds());
        this.tokens = new Level(scenario.tokensPerSecond(), scenario.bucketSeconds());
    }

    @Override
    public VendorConfig config() {
        return new VendorConfig(
                "cloud",
                "fake",
                Optional.empty(),
                new VendorAuth.None(),
                List.of(new ModelGlob("*")),
                scenario.limits(),
                NEVER_GIVE_UP,
                Duration.ofSeconds(600));
    }

    @Override
    public CompletableFuture<VendorAnswer> ask(RequestLine request) {
        CompletableFuture<VendorAnswer> answer = new CompletableFuture<>();
        asked++;
        askedAt.add(seconds());
        loop.after(ONE_WAY, () -> arrive(answer));
        return answer;
    }

    private void arrive(CompletableFuture<VendorAnswer> answer) {
        double fault = random.nextDouble() / scenario.faults();
        if (fault < 2) {
            reply(answer, fault < 1 ? 429 : 529, NO_HINT, ONE_WAY);
        } else if (fault < 3) {
            reply(answer, 503, NO_HINT, ONE_WAY);
        } else if (fault < FAULTS) {
            loop.after(STALL, () -> answer.completeExceptionally(new IOException("nothing came")));
        } else {
            admit(answer);
        }
    }

    private void admit(CompletableFuture<VendorAnswer> answer) {
        double now = seconds();
        double part = now >= scenario.halvedAfter() ? 0.5 : 1;
        requests.fill(now, part);
        tokens.fill(now, part);
        int need = tokens();
        boolean room = inside < scenario.concurrencyCap();
        if (!room || requests.level < 1 || tokens.level < need) {
            rejected++;
            double wait = Math.max((1 - requests.level) / requests.rate, (need - tokens.level) / tokens.rate);
            reply(answer, 429, (int) Math.ceil(wait), ONE_WAY);
            return;
        }
        lastAdmission = now;
        requests.level -= 1;
        tokens.level -= need;
        inside++;
        Duration latency = latency();
        VendorAnswer made = answer(200, need);
        loop.after(latency, () -> {
            inside--;
            served++;
            tokensServed += need;
            loop.after(ONE_WAY, () -> answer.complete(made));
        });
    }

    private void reply(CompletableFuture<VendorAnswer> answer, int status, int number, Duration delay) {
        VendorAnswer made = answer(status, number);
        loop.after(delay, () -> answer.complete(made));
    }

    private VendorAnswer answer(int status, int number) {
        VendorAnswer answer = VendorAnswer.of(status, Integer.toString(number));
        if (scenario.headers()) {
            reports.put(
                    answer,
                    new LimitReport(
                            scenario.tokensPerSecond() < Scenario.UNLIMITED
                                    ? List.of(
                                            requests.meter(LimitReport.Kind.REQUESTS),
                                            tokens.meter(LimitReport.Kind.TOKENS))
                                    : List.of(requests.meter(LimitReport.Kind.REQUESTS))));
        }
        return answer;
    }

    @Override
    public Reading read(RequestLine request, VendorAnswer answer) {
        int number = Integer.parseInt(new String(answer.body()));
        if (answer.isSuccess()) {
            TokenUsage usage = new TokenUsage(Scenario.INPUT_TOKENS, number - Scenario.INPUT_TOKENS, 0, 0, 0);
            return new Reading(new Verdict.Success(), Optional.empty(), Optional.empty(), Optional.of(usage));
        }
        if (answer.statusCode() > 500) {
            return Reading.of(new Verdict.TryAgain("broken", "broken", Optional.empty()), Optional.empty());
        }
        Optional<RetryHint> hint = scenario.retryAfter() && number != NO_HINT
                ? Optional.of(new RetryHint.In(Duration.ofSeconds(Math.max(1, number))))
                : Optional.empty();
        return Reading.of(new Verdict.SlowDown("slow down", hint), Optional.empty());
    }

    @Override
    public LimitReport limits(VendorAnswer answer, Instant now) {
        LimitReport report = reports.remove(answer);
        return report == null ? LimitReport.NONE : report;
    }

    /** The most calls that came in any time of a minute. */
    int mostInAMinute() {
        int most = 0;
        for (int first = 0, last = 0; last < askedAt.size(); last++) {
            while (askedAt.get(last) - askedAt.get(first) >= 60) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private Duration latency() {
        double seconds = scenario.latency() * Math.exp(scenario.spread() * random.nextGaussian());
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private int tokens() {
        double tokens = 300 * Math.exp(0.6 * random.nextGaussian());
        return (int) Math.max(Scenario.INPUT_TOKENS, Math.min(Scenario.MOST_TOKENS, tokens));
    }

    private double seconds() {
        return Duration.between(start, loop.now()).toNanos() / 1e9;
    }

    /** What is left of an allowance. */
    private final class Level {
        private final double full;

        // Mutable state
        private double rate;
        private double level;
        private double at;

        Level(double rate, double seconds) {
            this.rate = rate;
            this.full = rate * seconds;
            this.level = full;
        }

        void fill(double now, double part) {
            level = Math.min(full, level + rate * part * (now - at));
            at = now;
        }

        LimitReport.Meter meter(LimitReport.Kind kind) {
            boolean knownHalved = scenario.announcesHalving() && at >= scenario.halvedAfter();
            double announced = rate * 60 * (knownHalved ? 0.5 : 1);
            double refill = rate * (knownHalved ? 0.5 : 1);
            Optional<Duration> reset = scenario.resets()
                    ? Optional.of(Duration.ofMillis((long) ((full * (knownHalved ? 0.5 : 1) - level) / refill * 1000)))
                    : Optional.empty();
            return new LimitReport.Meter(
                    kind,
                    OptionalLong.of((long) announced),
                    OptionalLong.of((long) Math.max(0, level * scenario.remainingScale())),
                    reset,
                    Duration.ofMinutes(1));
        }
    }
}
