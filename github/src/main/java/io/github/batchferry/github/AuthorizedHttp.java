package io.github.batchferry.github;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends requests with a token, to the origin of the API and to no other. A token that is refused is renewed once. Redirects
 * of a {@code GET} are followed once within that origin (a repository that was renamed), and out of it only for the download
 * of a log or an archive, which GitHub keeps elsewhere: without the token. Links are followed by nobody. Thread-safe.
 */
final class AuthorizedHttp {
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final int REFUSED = 401;

    /** Whole: a repository or a file may be called {@code logs} too. */
    private static final Pattern DOWNLOAD = Pattern.compile(
            ".*/(?:repos/[^/]+/[^/]+|repositories/\\d+)/actions/(?:(?:jobs|runs)/\\d+(?:/attempts/\\d+)?/logs|artifacts/\\d+/zip)");

    private final URI api;
    private final GitHubHttp http;
    private final TokenSource tokens;

    /** @param api root of the API */
    AuthorizedHttp(URI api, GitHubHttp http, TokenSource tokens) {
        this.api = api;
        this.http = http;
        this.tokens = tokens;
    }

    /** The request would have left the origin of the API, with the token or for a place nobody named. */
    static final class StrangeOriginException extends IOException {
        private static final long serialVersionUID = 1L;

        StrangeOriginException(URI address) {
            super("GitHub's answer points to `" + address.getHost() + "`, where the token must not go");
        }
    }

    /**
     * Sends a request that has no {@code Authorization} of its own.
     *
     * @return the answer, to be closed; a redirect that was not followed is an answer too
     * @throws IOException if no answer came in time; the server may have acted nevertheless
     * @throws GitHubException if there is no token
     */
    GitHubAnswer send(HttpRequest.Builder request) throws IOException, GitHubException {
        URI asked = request.build().uri();
        if (!GitHubHttp.sameOrigin(api, asked)) {
            throw new StrangeOriginException(asked);
        }
        GitHubAnswer answer = renewing(request);
        Optional<URI> moved = moved(request.build(), answer)
                .filter(place -> GitHubHttp.sameOrigin(api, place) && (!isDownload(asked) || isDownload(place)));
        if (moved.isPresent()) {
            answer.close();
            answer = renewing(request.uri(moved.get()));
        }
        return download(request.build(), answer);
    }

    private GitHubAnswer renewing(HttpRequest.Builder request) throws IOException, GitHubException {
        AccessToken token = tokens.token();
        GitHubAnswer answer = authorized(request, token);
        if (answer.status() == REFUSED && tokens.renew(token)) {
            answer.close();
            return authorized(request, tokens.token());
        }
        return answer;
    }

    private GitHubAnswer authorized(HttpRequest.Builder request, AccessToken token) throws IOException {
        return http.send(request.copy().setHeader("Authorization", "Bearer " + token.secret()));
    }

    /** Storage signs its addresses; nothing of ours is sent there but the wish. */
    private GitHubAnswer download(HttpRequest request, GitHubAnswer answer) throws IOException {
        Optional<URI> storage = moved(request, answer).filter(place -> isDownload(request.uri()) && isAsSafe(place));
        if (storage.isEmpty()) {
            return answer;
        }
        answer.close();
        return http.send(HttpRequest.newBuilder(storage.get()).GET());
    }

    private static boolean isDownload(URI address) {
        return address.getPath() != null && DOWNLOAD.matcher(address.getPath()).matches();
    }

    private boolean isAsSafe(URI place) {
        return place.getScheme().equalsIgnoreCase("https") || place.getScheme().equalsIgnoreCase(api.getScheme());
    }

    private static Optional<URI> moved(HttpRequest request, GitHubAnswer answer) {
        if (!request.method().equals("GET") || !MOVED.contains(answer.status())) {
            return Optional.empty();
        }
        try {
            return answer.header("location")
                    .map(request.uri()::resolve)
                    .filter(place -> place.getHost() != null && place.getScheme() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
