package io.github.batchferry.runner.requests;

import java.util.Arrays;

/**
 * Where each request of the file lies and which vendor it goes to: eleven bytes a request, so that a vendor's requests are found
 * without reading those of others. Requests are numbered from 0 in the order of the file.
 */
public final class RequestIndex {
    private final RequestPlaces places = new RequestPlaces();

    // Mutable state
    private short[] vendors = new short[1024];
    private int size;

    /**
     * Adds the next request.
     *
     * @param offset its first byte in the file
     * @param length its bytes without line break
     * @param vendor place of its vendor in the vendors file
     */
    public void add(long offset, int length, int vendor) {
        if (size == vendors.length) {
            grow();
        }
        places.add(offset, length);
        vendors[size] = (short) vendor;
        size++;
    }

    /** Number of requests. */
    public int size() {
        return size;
    }

    long offset(int number) {
        return places.offset(number);
    }

    int length(int number) {
        return places.length(number);
    }

    /** Place of a request's vendor in the vendors file. */
    public int vendor(int number) {
        return vendors[number];
    }

    private void grow() {
        int capacity = size * 2;
        vendors = Arrays.copyOf(vendors, capacity);
    }
}
