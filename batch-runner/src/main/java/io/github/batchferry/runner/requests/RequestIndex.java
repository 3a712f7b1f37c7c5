package io.github.batchferry.runner.requests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each request of the file lies and which route it takes: four bytes a request, six where there are several routes. So
 * the requests of a vendor and model are found without reading those of others. Requests are numbered from 0 in the order of the file.
 */
public final class RequestIndex {
    /** Models of one vendor with a route of their own; further ones share the last, so that routes stay few. */
    static final int ROUTES_OF_A_VENDOR = 32;

    private final RequestPlaces places = new RequestPlaces();
    private final List<RequestRoute> routes = new ArrayList<>();
    private final Map<RequestRoute, Short> numbers = new HashMap<>();

    // Mutable state
    private short[] route = {}; // routes of the first requests; those of the others are 0
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
        places.add(offset, length);
        short number = numberOf(new RequestRoute(vendor, model));
        if (number != 0) {
            if (size >= route.length) {
                route = Arrays.copyOf(route, Math.max(1024, size + size / 2));
            }
            route[size] = number;
        }
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

    /** All routes, in the order of their first requests. */
    public List<RequestRoute> routes() {
        return Collections.unmodifiableList(routes);
    }

    /** Place of a request's route in {@link #routes()}. */
    public int route(int number) {
        return number < route.length ? route[number] : 0;
    }

    private short numberOf(RequestRoute wanted) {
        Short known = numbers.get(wanted);
        if (known != null) {
            return known;
        }
        List<RequestRoute> siblings =
                routes.stream().filter(r -> r.vendor() == wanted.vendor()).toList();
        if (siblings.size() == ROUTES_OF_A_VENDOR) {
            return numbers.get(siblings.get(ROUTES_OF_A_VENDOR - 1));
        }
        routes.add(wanted);
        numbers.put(wanted, (short) (routes.size() - 1));
        return (short) (routes.size() - 1);
    }
}
