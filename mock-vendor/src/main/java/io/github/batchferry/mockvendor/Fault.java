package io.github.batchferry.mockvendor;

/** What can go wrong with a request that the limits let through. */
public enum Fault {
    /** A 429 although no limit is reached. */
    TOO_MANY_REQUESTS,
    /** A 500. */
    SERVER_ERROR,
    /** A 503 with {@code Retry-After}. */
    UNAVAILABLE,
    /** A 529, as Anthropic answers when it is overloaded. */
    OVERLOADED,
    /** No byte of an answer ever; the connection stays open. */
    STALL,
    /** A 200 with its headers and half of its body, then nothing; the connection stays open. */
    STALLED_BODY,
    /** The connection is reset instead of an answer. */
    RESET,
    /** A 200 with half of the body that its {@code Content-Length} announces, then the end of the connection. */
    TRUNCATED_BODY,
    /** A complete 200 whose body breaks off in the middle of its JSON. */
    MALFORMED_JSON,
    /** A good 200 that comes in two pieces, a latency apart. */
    SLOW_BODY
}
