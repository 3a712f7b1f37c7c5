package io.github.batchferry.mockvendor;

import io.github.batchferry.mockvendor.Reply.Ending;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Decides what happens to each request. Knows time only as it is told, and no connection. */
final class Desk {
    /** Between the pieces of a slow body when there is no latency. */
    private static final long SLOWEST_PIECE = 20_000_000;

    private final MockOptions options;
    private final Limiter limiter;
    private final FaultPlan faults;
    private final Answers answers;
    private final BodyFields keyField;
    private final Counts counts;

    Desk(MockOptions options, Counts counts, long now) {
        this.options = options;
        this.limiter = new Limiter(options.limits(), now);
        this.faults = new FaultPlan(options.faults(), options.seed());
        this.answers = new Answers(options.answerWords());
        this.keyField = new BodyFields(options.keyField());
        this.counts = counts;
    }

    /** Takes a request in and decides; the counts know of it from now on. */
    Reply decide(HttpRequest request, long now) {
        byte[] bytes = request.bytes();
        long key = key(bytes, request.bodyFrom(), request.bodyTo());
        int attempt = counts.arrived(key, now);
        Usage usage = Usage.of(key, request.bodyTo() - request.bodyFrom());
        if (options.concurrencyCap() > 0 && counts.inFlight() > options.concurrencyCap()) {
            counts.overCap();
            answers.error(429, "rate_limit_exceeded", "too many requests at once");
            return rejection(key, usage);
        }
        OptionalLong wait = limiter.take(usage.total(), now);
        if (wait.isPresent()) {
            counts.limited();
            answers.error(429, "rate_limit_exceeded", "rate limit reached");
            limiter.announce(answers.head(), now);
            limiter.hint(answers.head(), wait.getAsLong());
            return rejection(key, usage);
        }
        return faults.of(key, attempt)
                .map(fault -> broken(fault, request, key, usage, now))
                .orElseGet(() -> Reply.whole(
                        latency(key, attempt), good(request, key, usage, now).whole(), true, key, usage));
    }

    private Reply broken(Fault fault, HttpRequest request, long key, Usage usage, long now) {
        counts.faulty(fault);
        long latency = latency(key, 0);
        return switch (fault) {
            case TOO_MANY_REQUESTS -> error(429, "rate_limit_exceeded", key, usage);
            case SERVER_ERROR -> error(500, "server_error", key, usage);
            case UNAVAILABLE -> unavailable(key, usage);
            case OVERLOADED -> error(529, "overloaded_error", key, usage);
            case STALL -> ended(latency, Reply.NOTHING, Ending.STALL, key, usage);
            case RESET -> ended(latency, Reply.NOTHING, Ending.RESET, key, usage);
            case STALLED_BODY -> ended(latency, good(request, key, usage, now).firstHalf(), Ending.STALL, key, usage);
            case TRUNCATED_BODY -> ended(latency, good(request, key, usage, now).firstHalf(), Ending.CLOSE, key, usage);
            case MALFORMED_JSON -> ended(latency, good(request, key, usage, now).malformed(), Ending.KEEP, key, usage);
            case SLOW_BODY -> slow(latency, good(request, key, usage, now), key, usage);
        };
    }

    private Reply slow(long latency, Answers.Good good, long key, Usage usage) {
        ByteBuffer first = good.firstHalf();
        long pause = Math.max(latency, SLOWEST_PIECE);
        return new Reply(latency, first, good.secondHalf(), pause, Ending.KEEP, true, key, usage);
    }

    private Reply unavailable(long key, Usage usage) {
        answers.error(503, "unavailable", "the model is loading").head().text("Retry-After: 1\r\n");
        return rejection(key, usage);
    }

    private Reply error(int status, String type, long key, Usage usage) {
        answers.error(status, type, "injected");
        return rejection(key, usage);
    }

    private Reply rejection(long key, Usage usage) {
        return Reply.whole(0, answers.finish(), false, key, usage);
    }

    private static Reply ended(long after, ByteBuffer bytes, Ending ending, long key, Usage usage) {
        return new Reply(after, bytes, Reply.NOTHING, 0, ending, false, key, usage);
    }

    private Answers.Good good(HttpRequest request, long key, Usage usage, long now) {
        Answers.Good good = answers.good(key, usage, request.bytes(), request.bodyFrom(), request.bodyTo());
        limiter.announce(answers.head(), now);
        return good;
    }

    private long latency(long key, int attempt) {
        return options.latency().nanos(Hash.mix(key + attempt));
    }

    private long key(byte[] bytes, int from, int to) {
        long field = keyField.find(bytes, from, to);
        return field < 0 ? Hash.of(bytes, from, to) : Hash.of(bytes, (int) (field >>> 32), (int) field);
    }
}
