package io.github.batchferry.localgithub.rest.repository;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a list of repositories.
 *
 * @param sort full_name, created, updated or pushed
 * @param ascending whether the first name, or the oldest, comes first
 */
record RepositoryOrder(String sort, boolean ascending) {
    static RepositoryOrder of(Request request, String usual) {
        String sort = request.parameter("sort").orElse(usual);
        boolean ascending = request.parameter("direction").map("asc"::equals).orElse(sort.equals("full_name"));
        return new RepositoryOrder(sort, ascending);
    }

    List<HostedRepository> sort(List<HostedRepository> repositories) throws IOException {
        Map<HostedRepository, Instant> times = new LinkedHashMap<>();
        for (HostedRepository repository : repositories) {
            times.put(repository, sort.equals("created") ? repository.createdAt() : repository.pushedAt());
        }
        Comparator<HostedRepository> byName =
                Comparator.comparing(repository -> repository.name().toString());
        Comparator<HostedRepository> order = sort.equals("full_name") ? byName : Comparator.comparing(times::get);
        List<HostedRepository> sorted = new ArrayList<>(repositories);
        sorted.sort(ascending ? order : order.reversed());
        return sorted;
    }
}
