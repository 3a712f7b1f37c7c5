package io.github.batchferry.localgithub.http;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All routes, and the repositories they are about. */
final class RouteTable {
    private final Repositories repositories;
    private final List<Route> routes;

    /** A route that matches a call, with the values of its placeholders. */
    record Match(Route route, Map<String, String> path) {}

    RouteTable(Repositories repositories, List<Route> routes) {
        this.repositories = repositories;
        this.routes =
                routes.stream().sorted(Comparator.comparing(Route::endsOpen)).toList();
    }

    Optional<Match> match(String method, List<String> segments) {
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.match(segments);
            if (path.isPresent() && route.method().equals(method)) {
                return Optional.of(new Match(route, path.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * The repository of a call; null if it is about none.
     *
     * @throws ApiException if there is none, or the caller may not do this with it
     */
    HostedRepository repository(Match match, Caller caller) throws IOException, ApiException {
        if (caller == null || !match.path.containsKey("repo")) {
            return null;
        }
        if (!RepositoryName.valid(match.path.get("owner"), match.path.get("repo"))) {
            throw ApiException.notFound();
        }
        RepositoryName name = new RepositoryName(match.path.get("owner"), match.path.get("repo"));
        HostedRepository repository =
                caller.sees(name) ? repositories.find(name).orElse(null) : null;
        if (repository == null) {
            throw ApiException.notFound();
        }
        if (!caller.may(name, match.route.scope(), match.route.access())) {
            throw ApiException.forbidden();
        }
        return repository;
    }
}
