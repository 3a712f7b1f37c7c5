package io.github.batchferry.provider.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RestReply;
import io.github.batchferry.provider.connection.RestAccess;
import io.github.batchferry.provider.targets.Target;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The token, the server, and the repository as a whole. */
final class ServerChecks {
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(1);

    private final RestAccess access;
    private final Target.GitHubActions target;
    private final Clock clock;

    ServerChecks(RestAccess access, Target.GitHubActions target, Clock clock) {
        this.access = access;
        this.target = target;
        this.clock = clock;
    }

    /** What an answer tells by its headers alone. */
    List<Finding> of(RestReply reply) throws GitHubException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("token", access.origin() + ", " + access.kind() + scopes(reply)));
        rateLimit(reply).ifPresent(findings::add);
        findings.add(skew(reply));
        if (!target.server().equals(GitHubServer.GITHUB_COM)) {
            enterpriseVersion().ifPresent(findings::add);
        }
        return findings;
    }

    private static String scopes(RestReply reply) {
        return reply.header("X-OAuth-Scopes")
                .filter(scopes -> scopes.matches("[a-z:_, ]{1,500}"))
                .map(scopes -> ", scopes " + scopes)
                .orElse("");
    }

    private static Optional<Finding> rateLimit(RestReply reply) {
        Optional<Long> limit = number(reply, "x-ratelimit-limit");
        Optional<Long> remaining = number(reply, "x-ratelimit-remaining");
        if (limit.isEmpty() || remaining.isEmpty()) {
            return Optional.empty();
        }
        String found = remaining.get() + " of " + limit.get() + " calls left";
        return Optional.of(
                remaining.get() * 10 >= limit.get()
                        ? Finding.ok("rate limit", found)
                        : Finding.warn(
                                "rate limit",
                                found,
                                "wait an hour, or let fewer programs use this token at the same time"));
    }

    private static Optional<Long> number(RestReply reply, String header) {
        return reply.header(header).filter(text -> text.matches("\\d{1,10}")).map(Long::valueOf);
    }

    private Finding skew(RestReply reply) {
        Optional<Instant> theirs = reply.header("Date").flatMap(ServerChecks::time);
        Duration apart = theirs.map(
                        time -> Duration.between(time, clock.instant()).abs())
                .orElse(Duration.ZERO);
        return apart.compareTo(TOLERATED_SKEW) <= 0
                ? Finding.ok("clock", "as GitHub's")
                : Finding.warn("clock", apart.toSeconds() + " s from GitHub's", "set the clock of this machine");
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Finding> enterpriseVersion() throws GitHubException {
        String version = access.rest()
                .server("read the version", "/meta")
                .json()
                .path("installed_version")
                .asText();
        return version.isEmpty() ? Optional.empty() : Optional.of(Finding.ok("server", "GHES " + version));
    }

    /** What the repository says of itself. */
    List<Finding> ofRepository(JsonNode repository) throws GitHubException {
        List<Finding> findings = new ArrayList<>();
        String name = target.repository().toString();
        if (repository.path("archived").asBoolean()) {
            findings.add(Finding.fail("repository", name + " is archived", "gh repo unarchive " + name));
        } else if (!repository.path("private").asBoolean()) {
            findings.add(Finding.warn(
                    "repository",
                    name + " is public: everybody can read prompts and answers",
                    "gh repo edit " + name + " --visibility private"));
        } else {
            findings.add(Finding.ok("repository", name + ", private"));
        }
        actionsOff(name).ifPresent(findings::add);
        ref(repository.path("default_branch").asText()).ifPresent(findings::add);
        return findings;
    }

    /** Only administrators may see the switch; that it is on is said by every run. */
    private Optional<Finding> actionsOff(String name) throws GitHubException {
        RestReply reply = access.rest().get("read whether Actions are on", "/actions/permissions");
        return reply.is(200) && !reply.json().path("enabled").asBoolean(true)
                ? Optional.of(Finding.fail(
                        "actions",
                        "switched off for " + name,
                        "gh api --method PUT repos/" + name + "/actions/permissions -F enabled=true"))
                : Optional.empty();
    }

    private Optional<Finding> ref(String defaultBranch) throws GitHubException {
        String ref = target.ref().orElse(defaultBranch);
        boolean there = access.rest()
                        .get("read branch `" + ref + "`", "/git/ref/heads/" + RunnerRepository.path(ref))
                        .is(200)
                || access.rest()
                        .get("read tag `" + ref + "`", "/git/ref/tags/" + RunnerRepository.path(ref))
                        .is(200);
        if (!there) {
            return Optional.of(Finding.fail(
                    "ref",
                    "no branch or tag `" + ref + "`",
                    target.ref().isPresent()
                            ? "push it, or leave ref out of target `" + target.name() + "`"
                            : "ferry init-runner " + target.repository() + " --push"));
        }
        return Optional.of(
                ref.equals(defaultBranch)
                        ? Finding.ok("ref", ref + ", the default branch")
                        : Finding.warn(
                                "ref",
                                ref + " is not the default branch: keys of an environment for " + defaultBranch
                                        + " do not reach it",
                                "leave ref out of target `" + target.name() + "`"));
    }
}
