package io.github.batchferry.runner.engine;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.vendors.VendorConfig;

/**
 * Whether a request may still be sent, for a reason that has nothing to do with the vendor's limits. Asked on the event loop
 * for every attempt, after the rate gate has admitted it.
 */
public interface Launching {
    /** Lets everything go. */
    Launching FREE = new Launching() {
        @Override
        public Leave ask(VendorConfig vendor, RequestLine request) {
            return Leave.GO;
        }

        @Override
        public void started(VendorConfig vendor, RequestLine request) {}

        @Override
        public void ended(RequestLine request, End end) {}

        @Override
        public ResponseLine.Failure reason() {
            throw new IllegalStateException("nothing was refused");
        }
    };

    /** What may be done with a request. */
    enum Leave {
        /** It may be sent. */
        GO,
        /** Not before one of the calls under way, of any vendor, has ended. There is at least one. */
        WAIT,
        /** Neither it nor anything after it is sent any more. */
        NEVER
    }

    /** How an attempt ended. */
    enum End {
        /** The vendor answered, whatever its status, or it was never reached. */
        SETTLED,
        /** The request was on its way and no whole answer came: the vendor may have done the work, and may bill it. */
        UNANSWERED
    }

    /** What may be done with a request now; asking changes nothing. */
    Leave ask(VendorConfig vendor, RequestLine request);

    /** Notes that an attempt begins. */
    void started(VendorConfig vendor, RequestLine request);

    /** Notes that the attempt under way ended: after its response was taken, or when the request goes back in line. */
    void ended(RequestLine request, End end);

    /** Why the rest is not sent, as an error of its responses; only after {@link Leave#NEVER}. */
    ResponseLine.Failure reason();
}
