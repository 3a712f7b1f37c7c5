package io.github.batchferry.runner.requests;

import io.github.batchferry.runner.engine.RequestQueue;
import io.github.batchferry.wire.RequestLine;
import java.io.IOException;
import java.util.BitSet;
import java.util.OptionalInt;

/** The unanswered requests of one route, in the order of the file. */
public final class RouteQueue implements RequestQueue {
    private final RequestFile file;
    private final BitSet unanswered;
    private final int route;

    // Mutable state
    private int position;

    /**
     * @param unanswered numbers of the requests to be answered, of all routes; not changed
     * @param route place of the route in the index
     */
    public RouteQueue(RequestFile file, BitSet unanswered, int route) {
        this.file = file;
        this.unanswered = unanswered;
        this.route = route;
    }

    @Override
    public OptionalInt next() {
        for (int number = unanswered.nextSetBit(position); number >= 0; number = unanswered.nextSetBit(position)) {
            position = number + 1;
            if (file.route(number) == route) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public RequestLine load(int number) throws IOException {
        return file.load(number);
    }
}
