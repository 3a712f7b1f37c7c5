package io.github.batchferry.localgithub.rest.settings;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import java.util.Optional;

/** What calls about an environment have in common. */
final class EnvironmentCall {
    /** The path of an environment, whose name may hold slashes if they are encoded. */
    static final String PATH = Route.REPOSITORY + "/environments/{environment}";

    private EnvironmentCall() {}

    /** The name in the path; empty where the path leads to no environment. */
    static Optional<String> name(Request request) {
        return Optional.ofNullable(request.path().get("environment"));
    }

    /** The environment that the path names. */
    static EnvironmentRecord find(RepositoryDocument<RepositorySettings> settings, Request request)
            throws ApiException {
        return name(request)
                .flatMap(settings.of(request.repository().name())::environment)
                .orElseThrow(ApiException::notFound);
    }

    /** The part of a repository's API that is about an environment. */
    static String path(String environment) {
        return "/environments/" + Paths.encode(environment).replace("/", "%2F");
    }
}
