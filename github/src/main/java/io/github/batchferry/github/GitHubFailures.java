package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns GitHub's refusals and lost answers into exceptions. No text leaves with the token in it. */
final class GitHubFailures {
    /** What GitHub's documentation asks for when it names no time. */
    private static final Duration WAIT_WITHOUT_WORD = Duration.ofSeconds(60);

    private static final int LONGEST_REMARK = 500;

    private final UsedTokens tokens;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    GitHubFailures(UsedTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * What an answer other than the expected one means.
     *
     * @param task what was tried, such as {@code read run 17 of myorg/eval-runner}
     */
    GitHubException refused(String task, int status, HttpHeaders headers, byte[] body) {
        String said = "cannot " + task + ": ";
        String remark = remark(status, body);
        if (isRateLimit(status, headers, remark)) {
            Optional<Duration> told = waitTime(headers);
            Duration wait = told.orElse(WAIT_WITHOUT_WORD);
            return new GitHubRateLimitException(
                    said + "GitHub asks to wait " + wait.toSeconds() + " s (" + remark + ")",
                    status,
                    wait,
                    told.isPresent());
        }
        return switch (status) {
            case 401 ->
                new GitHubAuthenticationException(
                        said + "GitHub refused the token from " + tokens.origin() + " (" + remark
                                + "); check that it is valid and has not expired",
                        status);
            case 403 ->
                new GitHubAuthenticationException(
                        said + "the token from " + tokens.origin() + " may not do that (" + remark + ")"
                                + needed(headers),
                        status);
            case 404 ->
                new GitHubNotFoundException(
                        said + "not there, or the token from " + tokens.origin() + " may not see it (" + remark + ")");
            case 301, 302, 303, 307, 308 ->
                new GitHubException(
                        said + "GitHub points to another address (" + remark
                                + "), which is not followed; was the repository renamed?",
                        status);
            default ->
                status >= 500
                        ? new GitHubUnreachableException(said + "GitHub is in trouble (" + remark + ")", status, null)
                        : new GitHubException(said + remark, status);
        };
    }

    /** The token is good, but the thing asked for is not in the state for it. */
    GitHubException wrongState(GitHubReply reply) {
        return new GitHubException(
                "cannot " + reply.task() + ": " + remark(reply.status(), reply.body()), reply.status());
    }

    /** What was asked with a token was right; there is no token to ask with, which is what 401 means to callers. */
    GitHubException noToken(GitHubReply reply, String advice) {
        return new GitHubAuthenticationException(
                "cannot " + reply.task() + " (" + remark(reply.status(), reply.body()) + "): " + advice, 401);
    }

    /** No answer, or half of one. */
    GitHubUnreachableException unreachable(String task, IOException cause) {
        String reason = cause.getMessage() == null ? words(cause) : cause.getMessage();
        return new GitHubUnreachableException("cannot " + task + ": no answer from GitHub (" + reason + ")", 0, cause);
    }

    private static String words(IOException cause) {
        return cause instanceof ConnectException
                ? "nobody listens at its address, or there is no such host; check api_url and the network"
                : cause.getClass().getSimpleName();
    }

    /** An answer that is not what the API promises. */
    GitHubException unreadable(String task, int status, Exception cause) {
        return new GitHubException("cannot " + task + ": GitHub's answer cannot be read", status, cause);
    }

    private static boolean isRateLimit(int status, HttpHeaders headers, String remark) {
        return status == 429
                || status == 403
                        && (headers.firstValue("retry-after").isPresent()
                                || headers.firstValue("x-ratelimit-remaining").equals(Optional.of("0"))
                                || remark.contains("rate limit"));
    }

    /** What GitHub names; empty for a secondary limit without a word. */
    private Optional<Duration> waitTime(HttpHeaders headers) {
        OptionalLong seconds = number(headers, "retry-after");
        OptionalLong reset = number(headers, "x-ratelimit-reset");
        if (seconds.isPresent()) {
            return Optional.of(atLeastASecond(Duration.ofSeconds(seconds.getAsLong())));
        }
        if (headers.firstValue("x-ratelimit-remaining").equals(Optional.of("0")) && reset.isPresent()) {
            // one more second: the reset is told in whole ones
            Instant end = Instant.ofEpochSecond(reset.getAsLong() + 1);
            return Optional.of(atLeastASecond(Duration.between(now(headers), end)));
        }
        return Optional.empty();
    }

    private static Duration atLeastASecond(Duration wait) {
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    }

    /** By the clock of the server, which is the one that its reset is told by. */
    private Instant now(HttpHeaders headers) {
        try {
            return headers.firstValue("date")
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .orElseGet(clock::instant);
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> text.matches("\\d{1,10}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** What a token of permissions lacks, or else what one of scopes has and lacks. */
    private static String needed(HttpHeaders headers) {
        Optional<String> permissions = words(headers, "x-accepted-github-permissions");
        Optional<String> accepted = words(headers, "x-accepted-oauth-scopes");
        if (permissions.isPresent() && words(headers, "x-oauth-scopes").isEmpty()) {
            return "; it needs the permission `" + permissions.get() + "`";
        }
        if (accepted.isEmpty()) {
            return "";
        }
        return "; it needs the scope `" + accepted.get() + "` and has "
                + words(headers, "x-oauth-scopes")
                        .map(scopes -> "`" + scopes + "`")
                        .orElse("none");
    }

    private static Optional<String> words(HttpHeaders headers, String name) {
        return headers.firstValue(name).filter(text -> text.matches("[a-z_:=,; ]{1,200}"));
    }

    /** The status and GitHub's own message with its errors, on one line. */
    private String remark(int status, byte[] body) {
        List<String> parts = new ArrayList<>();
        try {
            JsonNode answer = json.readTree(body);
            text(answer.path("message")).ifPresent(parts::add);
            answer.path("errors").forEach(error -> error(error).ifPresent(parts::add));
        } catch (IOException e) {
            // a proxy's page, which says no more than the status
        }
        String all = clean(String.join("; ", parts));
        return all.isEmpty() ? String.valueOf(status) : status + ": " + all;
    }

    private static Optional<String> error(JsonNode error) {
        if (error.isTextual()) {
            return text(error);
        }
        return text(error.path("message"))
                .or(() -> text(error.path("code"))
                        .map(code -> text(error.path("field"))
                                .map(field -> field + " " + code)
                                .orElse(code)));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private String clean(String said) {
        String oneLine = tokens.hide(said).replaceAll("\\p{Cntrl}+", " ");
        return oneLine.length() <= LONGEST_REMARK ? oneLine : oneLine.substring(0, LONGEST_REMARK) + "…";
    }
}
