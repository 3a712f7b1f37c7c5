package io.github.batchferry.localgithub.http;

import io.github.batchferry.localgithub.store.GitHubToken;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Links that anybody may follow for one minute, as GitHub's storage gives out for logs and files. Thread-safe. */
public final class TemporaryLinks implements Routes {
    /** First segment of their paths. */
    public static final String FOLDER = "_links";

    private static final Duration LIFE = Duration.ofMinutes(1);

    private final URI server;
    private final SecureRandom random;
    private final Clock clock;

    // Mutable state
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    private record Link(Content content, Instant end) {}

    /** Makes the answer of a link when it is followed. */
    @FunctionalInterface
    public interface Content {
        Response open() throws IOException;
    }

    public TemporaryLinks(URI server, SecureRandom random, Clock clock) {
        this.server = server;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.unchecked(
                "GET",
                "/" + FOLDER + "/{key}",
                request -> find(request.path().get("key"))
                        .orElseThrow(ApiException::notFound)
                        .open()));
    }

    /** Makes a link. */
    public String create(Content content) {
        Instant now = clock.instant();
        links.values().removeIf(link -> link.end.isBefore(now));
        String key = GitHubToken.create("", random);
        links.put(key, new Link(content, now.plus(LIFE)));
        return server + "/" + FOLDER + "/" + key;
    }

    /** What a link leads to, while it lives. */
    public Optional<Content> find(String key) {
        return Optional.ofNullable(links.get(key))
                .filter(link -> clock.instant().isBefore(link.end))
                .map(Link::content);
    }
}
