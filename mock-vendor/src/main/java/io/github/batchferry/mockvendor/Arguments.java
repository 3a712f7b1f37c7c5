package io.github.batchferry.mockvendor;

import java.time.Duration;
import java.util.Locale;

/** Reads options from a command line. */
final class Arguments {
    static final String HELP = """
            usage: java -jar batchferry-mock-vendor.jar [option ...]
              --port N                  port on loopback; any free one if left out
              --latency MS              the same for every request (0)
              --lognormal MS SIGMA      median and spread instead
              --rpm N, --tpm N          requests and tokens per minute (no limit)
              --bucket SECONDS          how much of a limit fits into one burst (60)
              --announce                send x-ratelimit-* headers
              --hint none|seconds|milliseconds   what a 429 says about when to come back (none)
              --cap N                   requests in work at once above which a 429 follows (no cap)
              --fault NAME RATE         share of requests with a fault, repeatable; names as in Fault, in lower case
              --every-fault RATE        the same share for every fault
              --seed N                  for latencies and faults (1)
              --prices IN CACHED OUT    billionths of a dollar for a token (150 75 600)
              --key-field NAME          field of the body that tells requests apart (the whole body)
              --words N                 words of an answer (20)
            """;

    private final String[] arguments;

    // Mutable state
    private int next;
    private MockOptions options = MockOptions.standard();
    private long seed = 1;
    private double sigma = -1;
    private Duration latency = Duration.ZERO;
    private long requests;
    private long tokens;
    private Duration bucket = Duration.ofSeconds(60);
    private boolean announced;
    private RateLimits.RetryHint hint = RateLimits.RetryHint.NONE;

    private Arguments(String[] arguments) {
        this.arguments = arguments;
    }

    /** @throws IllegalArgumentException with the first mistake */
    static MockOptions read(String... arguments) {
        Arguments reading = new Arguments(arguments);
        while (reading.next < arguments.length) {
            reading.option(reading.word());
        }
        return reading.finish();
    }

    private void option(String name) {
        switch (name) {
            case "--port" -> options = options.withPort((int) number());
            case "--latency" -> latency = Duration.ofMillis(number());
            case "--lognormal" -> {
                latency = Duration.ofMillis(number());
                sigma = decimal();
            }
            case "--rpm" -> requests = number();
            case "--tpm" -> tokens = number();
            case "--bucket" -> bucket = Duration.ofSeconds(number());
            case "--announce" -> announced = true;
            case "--hint" -> hint = RateLimits.RetryHint.valueOf(word().toUpperCase(Locale.ROOT));
            case "--cap" -> options = options.withConcurrencyCap((int) number());
            case "--fault" -> {
                Fault fault = Fault.valueOf(word().toUpperCase(Locale.ROOT));
                options = options.withFault(fault, decimal());
            }
            case "--every-fault" -> options = options.withEveryFault(decimal());
            case "--seed" -> seed = number();
            case "--prices" -> options = options.withPrices(new Prices(number(), number(), number()));
            case "--key-field" -> options = options.withKeyField(word());
            case "--words" -> options = options.withAnswerWords((int) number());
            default -> throw new IllegalArgumentException("unknown option " + name);
        }
    }

    private MockOptions finish() {
        return options.withSeed(seed)
                .withLatency(sigma < 0 ? new Latency.Fixed(latency) : new Latency.LogNormal(latency, sigma, seed))
                .withLimits(new RateLimits(requests, tokens, bucket, announced, hint));
    }

    private String word() {
        if (next == arguments.length) {
            throw new IllegalArgumentException(arguments[next - 1] + " needs a value");
        }
        return arguments[next++];
    }

    private long number() {
        return Long.parseLong(word());
    }

    private double decimal() {
        return Double.parseDouble(word());
    }
}
