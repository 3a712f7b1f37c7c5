package io.github.batchferry.runner.economy;

import java.util.BitSet;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Numbers of requests, immutable. As text they are ranges such as {@code 0-49999,50003}, both ends included. */
final class RequestSet {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?)*");

    private final BitSet numbers;

    private RequestSet(BitSet numbers) {
        this.numbers = numbers;
    }

    static RequestSet of(BitSet numbers) {
        return new RequestSet((BitSet) numbers.clone());
    }

    /** @throws IllegalArgumentException if the text is not one of {@link #toString} */
    static RequestSet parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("expected numbers of requests such as 0-99,103, found `" + text + "`");
        }
        BitSet numbers = new BitSet();
        for (String range : text.split(",")) {
            String[] ends = range.split("-");
            numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return new RequestSet(numbers);
    }

    int size() {
        return numbers.cardinality();
    }

    IntStream stream() {
        return numbers.stream();
    }

    /** Those that are also in the other. */
    RequestSet and(BitSet other) {
        BitSet both = (BitSet) numbers.clone();
        both.and(other);
        return new RequestSet(both);
    }

    /** The first half, rounded down. */
    RequestSet firstHalf() {
        BitSet half = new BitSet();
        stream().limit(size() / 2).forEach(half::set);
        return new RequestSet(half);
    }

    /** What {@link #firstHalf} leaves. */
    RequestSet secondHalf() {
        BitSet half = (BitSet) numbers.clone();
        half.andNot(firstHalf().numbers);
        return new RequestSet(half);
    }

    void removeFrom(BitSet other) {
        other.andNot(numbers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestSet that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner ranges = new StringJoiner(",");
        for (int from = numbers.nextSetBit(0); from >= 0; ) {
            int end = numbers.nextClearBit(from);
            ranges.add(end - from == 1 ? Integer.toString(from) : from + "-" + (end - 1));
            from = numbers.nextSetBit(end);
        }
        return ranges.toString();
    }
}
