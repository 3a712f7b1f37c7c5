package io.github.batchferry.localgithub.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Something that goes wrong with a call. */
public sealed interface Fault {
    /** The call is carried out later. */
    record Latency(Duration time) implements Fault {}

    /**
     * The call is not carried out; this is the answer.
     *
     * @param body sent as {@code application/json} unless the headers say otherwise; may be empty
     */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** A status of GitHub's own trouble, such as 502 or 503, with the page that comes with it. */
        public static Answer trouble(int status) {
            return new Answer(
                    status,
                    Map.of("Content-Type", "text/html"),
                    "<html><body><h1>" + status + "</h1>We couldn't respond to your request in time.</body></html>\n");
        }
    }

    /**
     * The caller has used up its calls of this hour.
     *
     * @param status 403 or 429
     * @param reset time until there are new ones
     */
    record PrimaryLimit(int status, Duration reset) implements Fault {}

    /**
     * The caller was too fast.
     *
     * @param status 403 or 429
     * @param retryAfter when to come back, in whole seconds; empty if GitHub does not say
     */
    record SecondaryLimit(int status, Optional<Duration> retryAfter) implements Fault {}

    /** The call is carried out; then the connection breaks before any answer. */
    record LostAnswer() implements Fault {}

    /**
     * The call is carried out; then the connection breaks in the middle of the answer.
     *
     * @param bytes of the body that still arrive
     */
    record CutAnswer(long bytes) implements Fault {}

    /**
     * Runs are not there before a time has passed since they were created: not found, and in no list.
     *
     * @param time how long they are not seen
     */
    record LateRuns(Duration time) implements Fault {}

    /**
     * Lists of runs with filters come from an index that lags behind; lists without are right.
     *
     * @param time how far it lags behind
     */
    record StaleLists(Duration time) implements Fault {}

    /** Every answer has another ETag, and none is ever unchanged. */
    record ChangingETags() implements Fault {}
}
