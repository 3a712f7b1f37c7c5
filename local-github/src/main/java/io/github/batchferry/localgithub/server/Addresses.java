package io.github.batchferry.localgithub.server;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URLs of an embedded GitHub. None ends with a slash.
 *
 * @param root of git and of the pages for people
 * @param mode decides where the API is
 */
public record Addresses(URI root, Mode mode) {
    /** First segment of the paths that files are uploaded to, as the API's routes know it. */
    public static final String UPLOADS = "_uploads";

    /** Files of releases, which are downloaded by the paths of pages for people. */
    private static final Pattern DOWNLOAD = Pattern.compile("/[^/]+/[^/]+/releases/download/.+");

    /** Root of the REST API. */
    public String api() {
        return root + mode.apiRoot();
    }

    /** Root of pages for people. */
    public String html() {
        return root.toString();
    }

    /** Where GraphQL is asked. */
    public String graphql() {
        return root + (mode == Mode.GHES ? "/api/graphql" : "/graphql");
    }

    /** Root of what takes uploads. */
    public String uploads() {
        return root + (mode == Mode.GHES ? "/api/uploads" : "/" + UPLOADS);
    }

    /** The path by which the API's routes know what was asked for; empty if that is no part of the API. */
    public Optional<String> route(String rawPath) {
        if (mode != Mode.GHES
                || rawPath.startsWith("/_")
                || DOWNLOAD.matcher(rawPath).matches()) {
            return Optional.of(rawPath);
        }
        if (below("/api/v3", rawPath)) {
            return Optional.of(rawPath.substring("/api/v3".length()));
        }
        if (below("/api/uploads", rawPath)) {
            return Optional.of("/" + UPLOADS + rawPath.substring("/api/uploads".length()));
        }
        return below("/api/graphql", rawPath) ? Optional.of("/graphql") : Optional.empty();
    }

    private static boolean below(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
