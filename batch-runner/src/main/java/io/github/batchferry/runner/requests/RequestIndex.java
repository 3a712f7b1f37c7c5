package io.github.batchferry.runner.requests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each request of the file lies and which route it takes: 14 bytes a request, so that the requests of a vendor and
 * model are found without reading those of others. Requests are numbered from 0 in the order of the file.
 */
public final class RequestIndex {
    /** Models of one vendor with a route of their own; further ones share the last, so that routes stay few. */
    static final int ROUTES_OF_A_VENDOR = 32;

    private final List<RequestRoute> routes = new ArrayList<>();
    private final Map<RequestRoute, Short> places = new HashMap<>();

    // Mutable state
    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private short[] route = new short[1024];
    private int size;

    /**
     * Adds the next request.
     *
     * @param offset its first byte in the file
     * @param length its bytes without line break
     * @param vendor place of its vendor in the vendors file, -1 for none
     * @param model its model
     */
    public void add(long offset, int length, int vendor, String model) {
        if (size == offsets.length) {
            grow();
        }
        offsets[size] = offset;
        lengths[size] = length;
        route[size] = place(new RequestRoute(vendor, model));
        size++;
    }

    /** Number of requests. */
    public int size() {
        return size;
    }

    long offset(int number) {
        return offsets[number];
    }

    int length(int number) {
        return lengths[number];
    }

    /** All routes, in the order of their first requests. */
    public List<RequestRoute> routes() {
        return Collections.unmodifiableList(routes);
    }

    /** Place of a request's route in {@link #routes()}. */
    public int route(int number) {
        return route[number];
    }

    private short place(RequestRoute wanted) {
        Short known = places.get(wanted);
        if (known != null) {
            return known;
        }
        List<RequestRoute> siblings =
                routes.stream().filter(r -> r.vendor() == wanted.vendor()).toList();
        if (siblings.size() == ROUTES_OF_A_VENDOR) {
            return places.get(siblings.get(ROUTES_OF_A_VENDOR - 1));
        }
        routes.add(wanted);
        places.put(wanted, (short) (routes.size() - 1));
        return (short) (routes.size() - 1);
    }

    private void grow() {
        int capacity = size * 2;
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        route = Arrays.copyOf(route, capacity);
    }
}
