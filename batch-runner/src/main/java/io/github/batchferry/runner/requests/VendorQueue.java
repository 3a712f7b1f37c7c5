package io.github.batchferry.runner.requests;

import io.github.batchferry.runner.engine.RequestQueue;
import io.github.batchferry.wire.RequestLine;
import java.io.IOException;
import java.util.BitSet;
import java.util.OptionalInt;

/** The unanswered requests of one vendor, in the order of the file. */
public final class VendorQueue implements RequestQueue {
    private final RequestFile file;
    private final BitSet unanswered;
    private final int vendor;

    // Mutable state
    private int position;

    /**
     * @param unanswered numbers of the requests to be answered, of all vendors; not changed
     * @param vendor place of the vendor in the vendors file
     */
    public VendorQueue(RequestFile file, BitSet unanswered, int vendor) {
        this.file = file;
        this.unanswered = unanswered;
        this.vendor = vendor;
    }

    @Override
    public OptionalInt next() {
        for (int number = unanswered.nextSetBit(position); number >= 0; number = unanswered.nextSetBit(position)) {
            position = number + 1;
            if (file.vendor(number) == vendor) {
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
