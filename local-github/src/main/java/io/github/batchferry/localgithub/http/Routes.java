package io.github.batchferry.localgithub.http;

import java.util.List;

/** A part of the API: its paths and what answers them, listed in one place. */
@FunctionalInterface
public interface Routes {
    /** The routes; where two match a call, one that does not end open answers, and of such the earlier one. */
    List<Route> routes();
}
