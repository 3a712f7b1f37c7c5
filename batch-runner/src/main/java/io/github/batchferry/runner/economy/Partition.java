package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Divides requests into parts, each of which the vendor's batch API takes as one batch. */
final class Partition {
    private final RequestFile file;
    private final Map<Integer, EconomyVendor> vendors;
    private final Problems problems = new Problems();
    private final Map<String, Growing> growing = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();

    // Mutable state
    private int nextNumber;

    /**
     * @param vendors by their place in the vendors file
     * @param nextNumber number of the first part
     */
    Partition(RequestFile file, Map<Integer, EconomyVendor> vendors, int nextNumber) {
        this.file = file;
        this.vendors = vendors;
        this.nextNumber = nextNumber;
    }

    /** What is collected until it is full. */
    private static final class Growing {
        private final BitSet numbers = new BitSet();
        private final String url;

        // Mutable state
        private long bytes;
        private int count;

        Growing(String url) {
            this.url = url;
        }
    }

    /**
     * The parts, in the order in which they became full.
     *
     * @throws InvalidInputException if requests cannot go through their vendor's API, with every one of them
     */
    List<Part> of(BitSet requests) throws IOException, InvalidInputException {
        for (int number = requests.nextSetBit(0); number >= 0; number = requests.nextSetBit(number + 1)) {
            add(number, vendors.get(file.vendor(number)), file.load(number));
        }
        problems.throwIfAny();
        growing.forEach((group, rest) -> close(vendors.get(place(group)), rest));
        return parts;
    }

    /** One part for each vendor, however large: they are not to be submitted. */
    List<Part> byVendor(BitSet requests) {
        for (EconomyVendor vendor : vendors.values()) {
            BitSet own = new BitSet();
            requests.stream()
                    .filter(number -> file.vendor(number) == vendor.place())
                    .forEach(own::set);
            parts.add(Part.planned(nextNumber++, vendor.name(), "", RequestSet.of(own)));
        }
        return parts;
    }

    private void add(int number, EconomyVendor vendor, RequestLine request) {
        BatchApi api = vendor.api();
        api.refusal(request).ifPresent(reason -> problems.add("requests", number + 1L, "$.url", reason));
        String group = vendor.place() + "\n" + api.group(request);
        Growing part =
                growing.computeIfAbsent(group, made -> new Growing(request.url().value()));
        long bytes = api.bytes(request);
        if (part.count > 0 && (part.count == api.maxRequests() || part.bytes + bytes > api.maxBytes())) {
            close(vendor, part);
            part = new Growing(request.url().value());
            growing.put(group, part);
        }
        part.numbers.set(number);
        part.bytes += bytes;
        part.count++;
    }

    private void close(EconomyVendor vendor, Growing part) {
        parts.add(Part.planned(nextNumber++, vendor.name(), part.url, RequestSet.of(part.numbers)));
    }

    private static int place(String group) {
        return Integer.parseInt(group.substring(0, group.indexOf('\n')));
    }
}
