package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.gate.AdaptiveGate;
import io.github.batchferry.runner.gate.GateChange;
import io.github.batchferry.runner.gate.GateSettings;
import io.github.batchferry.runner.gate.OwnerLimits;
import io.github.batchferry.runner.testing.ManualEventLoop;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.StatusVerdicts;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.vendors.ModelGlob;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorLimits;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** An engine with one vendor on a clock that the test moves. Records what the vendor was asked and what came out. */
final class EngineHarness {
    private static final String QUOTA = "{\"error\":\"quota\"}";

    static final Duration LATENCY = Duration.ofMillis(200);

    /** Decides the answer to an attempt: request number and attempt number (from 1) of that request. */
    interface Script extends BiFunction<Integer, Integer, Act> {}

    /** What the vendor does. */
    sealed interface Act {
        record Answer(int status, Map<String, List<String>> headers, String body, Duration latency) implements Act {}

        record Fail(Throwable cause, Duration latency) implements Act {}

        record Hang() implements Act {}
    }

    /** One attempt as the vendor saw it. */
    record Asked(int number, int attempt, Instant at) {}

    final ManualEventLoop loop = new ManualEventLoop();
    final List<ResponseLine> responses = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final List<GateChange> changes = new ArrayList<>();
    final CompletableFuture<Void> ending;
    final Engine engine;

    // Mutable state
    int underWay;
    int mostUnderWay;
    int cancelled;
    private final int[] attempts;
    private final Script script;
    private final VendorConfig config;

    EngineHarness(int requests, int maxConcurrency, int maxAttempts, Script script) {
        this(requests, 1, maxConcurrency, maxAttempts, script);
    }

    /** Request {@code n} belongs to lane {@code n % lanes}. */
    EngineHarness(int requests, int lanes, int maxConcurrency, int maxAttempts, Script script) {
        this(requests, lanes, maxConcurrency, maxAttempts, Launching.FREE, script);
    }

    EngineHarness(int requests, int lanes, int maxConcurrency, int maxAttempts, Launching launching, Script script) {
        this.script = script;
        this.attempts = new int[requests];
        this.config = new VendorConfig(
                "cloud",
                "fake",
                Optional.empty(),
                new VendorAuth.None(),
                List.of(new ModelGlob("*")),
                VendorLimits.concurrency(maxConcurrency),
                maxAttempts,
                Duration.ofSeconds(60));
        OwnerLimits owner = new OwnerLimits(config.limits(), 1);
        List<LaneSetup> setups = IntStream.range(0, lanes)
                .mapToObj(lane -> new LaneSetup(
                        new Queue(requests, lane, lanes),
                        new AdaptiveGate(
                                new GateSettings(
                                        "cloud/m" + lane, config.limits(), 1, requests, Duration.ofMinutes(15)),
                                owner,
                                loop.now(),
                                changes::add)))
                .toList();
        engine = new Engine(
                new BatchId("20260115-093000-k3p7qa"),
                List.of(new VendorSetup(new FakeVendor(), maxConcurrency, setups)),
                Pricing.NONE,
                launching,
                Backoff.standard(new Random(7)),
                loop,
                responses::add);
        ending = engine.start();
    }

    static Act ok() {
        return answer(200, "{\"ok\":true}");
    }

    static Act answer(int status, String body) {
        return new Act.Answer(status, Map.of(), body, LATENCY);
    }

    static Act slowDown(String header, String value) {
        return new Act.Answer(429, Map.of(header, List.of(value)), "{}", LATENCY);
    }

    static Act quotaExhausted() {
        return answer(429, QUOTA);
    }

    static Act fail(Throwable cause) {
        return new Act.Fail(cause, LATENCY);
    }

    static Act hang() {
        return new Act.Hang();
    }

    EngineHarness runAll() {
        loop.runAll(1_000_000);
        return this;
    }

    ResponseLine response(int number) {
        return responses.stream()
                .filter(r -> r.customId().value().equals("r-" + number))
                .reduce((a, b) -> {
                    throw new AssertionError("two responses to request " + number);
                })
                .orElseThrow(() -> new AssertionError("no response to request " + number));
    }

    Duration sinceStart(Asked attempt) {
        return Duration.between(asked.get(0).at(), attempt.at());
    }

    private final class FakeVendor implements Vendor {
        @Override
        public VendorConfig config() {
            return config;
        }

        @Override
        public CompletableFuture<VendorAnswer> ask(RequestLine request) {
            int number = Integer.parseInt(request.customId().value().substring(2));
            int attempt = ++attempts[number];
            asked.add(new Asked(number, attempt, loop.now()));
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            CompletableFuture<VendorAnswer> future = new CompletableFuture<>();
            future.whenComplete((answer, failure) -> {
                underWay--;
                cancelled += future.isCancelled() ? 1 : 0;
            });
            perform(script.apply(number, attempt), future);
            return future;
        }

        private void perform(Act act, CompletableFuture<VendorAnswer> future) {
            if (act instanceof Act.Answer answer) {
                HttpHeaders headers = HttpHeaders.of(answer.headers(), (name, value) -> true);
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                loop.after(answer.latency(), () -> future.complete(new VendorAnswer(answer.status(), headers, body)));
            } else if (act instanceof Act.Fail fail) {
                loop.after(fail.latency(), () -> future.completeExceptionally(fail.cause()));
            }
        }

        @Override
        public Reading read(RequestLine request, VendorAnswer answer) {
            if (answer.body().length == 0) {
                throw new IllegalStateException("this adapter stumbles over empty bodies");
            }
            Verdict verdict = new String(answer.body(), StandardCharsets.UTF_8).equals(QUOTA)
                    ? new Verdict.QuotaExhausted("no credit left")
                    : StatusVerdicts.of(answer, "");
            return Reading.of(verdict, Optional.empty());
        }

        @Override
        public LimitReport limits(VendorAnswer answer, Instant now) {
            return answer.header("x-limit")
                    .map(limit -> new LimitReport(List.of(new LimitReport.Meter(
                            LimitReport.Kind.REQUESTS,
                            OptionalLong.of(Long.parseLong(limit)),
                            OptionalLong.of(
                                    Long.parseLong(answer.header("x-remaining").orElse("0"))),
                            Optional.empty(),
                            Duration.ofMinutes(1)))))
                    .orElse(LimitReport.NONE);
        }
    }

    private static final class Queue implements RequestQueue {
        private final int size;
        private final int step;

        // Mutable state
        private int position;

        Queue(int size, int first, int step) {
            this.size = size;
            this.step = step;
            this.position = first;
        }

        @Override
        public OptionalInt next() {
            int next = position;
            position += next < size ? step : 0;
            return next < size ? OptionalInt.of(next) : OptionalInt.empty();
        }

        @Override
        public RequestLine load(int number) {
            try {
                RawJson body = RawJson.parse("{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8));
                return RequestLineComposer.compose(
                        new CustomId("r-" + number), new EndpointPath("/v1/x"), Optional.empty(), body);
            } catch (MalformedJsonException e) {
                throw new AssertionError(e);
            }
        }
    }
}
