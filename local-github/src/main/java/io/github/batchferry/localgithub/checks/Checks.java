package io.github.batchferry.localgithub.checks;

import io.github.batchferry.localgithub.apps.AppRecord;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The check runs of all repositories: those that Apps make, and the jobs. Thread-safe. */
public final class Checks {
    private final RepositoryDocument<CheckBook> books;
    private final RunStore runs;
    private final Addresses addresses;
    private final Clock clock;

    public Checks(StateDirectory directory, RunStore runs, Addresses addresses, Clock clock) {
        this.books = new RepositoryDocument<>(directory, "checks", CheckBook.class, CheckBook.EMPTY);
        this.runs = runs;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** A check by its number. */
    public Optional<CheckRecord> find(HostedRepository repository, long id) {
        return id > CheckBook.FIRST
                ? books.of(repository.name()).check(id)
                : runs.ofJob(repository.name(), id).stream()
                        .flatMap(run -> ofRun(repository, run))
                        .filter(check -> check.id() == id)
                        .findFirst();
    }

    /** All checks of a commit, newest first. */
    List<CheckRecord> ofCommit(HostedRepository repository, String sha) {
        Stream<CheckRecord> made = books.of(repository.name()).checks().stream()
                .filter(check -> check.sha().equals(sha));
        Stream<CheckRecord> jobs =
                runs.of(repository.name()).filter(run -> run.sha().equals(sha)).flatMap(run -> ofRun(repository, run));
        return Stream.concat(made, jobs)
                .sorted(Comparator.comparing(CheckRecord::id).reversed())
                .toList();
    }

    /** The jobs of a run; one that was taken over by a later attempt is there once, as it is known last. */
    private Stream<CheckRecord> ofRun(HostedRepository repository, RunRecord run) {
        String page = addresses.html() + "/" + repository.name() + "/actions/runs/" + run.id() + "/job/";
        Map<Long, CheckRecord> jobs = new LinkedHashMap<>();
        run.attempts().stream()
                .flatMap(attempt -> attempt.jobs().stream())
                .forEach(job -> jobs.put(job.id(), CheckRecord.of(run, job, page + job.id())));
        return jobs.values().stream();
    }

    /** Of checks that are newest first, the newest of each name in each suite. */
    static List<CheckRecord> latest(List<CheckRecord> checks) {
        Map<String, CheckRecord> latest = new LinkedHashMap<>();
        checks.forEach(check -> latest.putIfAbsent(check.suiteId() + ":" + check.name(), check));
        return List.copyOf(latest.values());
    }

    /** The suites of a commit, newest first. */
    List<SuiteRecord> suites(HostedRepository repository, String sha) {
        List<SuiteRecord> all = new ArrayList<>(books.of(repository.name()).suites());
        runs.of(repository.name()).map(Checks::suite).forEach(all::add);
        return all.stream()
                .filter(suite -> suite.sha().equals(sha))
                .sorted(Comparator.comparing(SuiteRecord::id).reversed())
                .toList();
    }

    /** A suite by its number. */
    Optional<SuiteRecord> suite(HostedRepository repository, long id) {
        return id > CheckBook.FIRST
                ? books.of(repository.name()).suites().stream()
                        .filter(suite -> suite.id() == id)
                        .findFirst()
                : runs.find(id)
                        .filter(run -> run.repositoryName().equals(repository.name()))
                        .map(Checks::suite);
    }

    private static SuiteRecord suite(RunRecord run) {
        return new SuiteRecord(run.id(), run.sha(), AppRecord.ACTIONS.id(), run.refName(), run.createdAt());
    }

    /** Creates a check for an App. */
    synchronized CheckRecord create(HostedRepository repository, String sha, long appId, CheckChange change) {
        Instant now = clock.instant();
        CheckBook book = books.of(repository.name());
        SuiteRecord suite =
                book.suite(sha, appId).orElseGet(() -> new SuiteRecord(book.lastId() + 1, sha, appId, null, now));
        CheckRecord blank = new CheckRecord(
                Math.max(book.lastId(), suite.id()) + 1,
                suite.id(),
                sha,
                change.name().orElseThrow(),
                appId,
                "",
                null,
                "queued",
                null,
                now,
                null,
                CheckRecord.Output.NONE);
        CheckRecord made = changed(blank, change, now);
        books.update(
                repository.name(),
                before -> (before.suite(sha, appId).isPresent() ? before : before.with(suite)).with(made));
        return made;
    }

    /** Changes a check; annotations come behind those that are there. */
    synchronized CheckRecord update(HostedRepository repository, long id, CheckChange change) {
        return books.update(
                        repository.name(),
                        before -> before.with(changed(before.check(id).orElseThrow(), change, clock.instant())))
                .check(id)
                .orElseThrow();
    }

    private static CheckRecord changed(CheckRecord check, CheckChange change, Instant now) {
        String status = change.status().orElse(check.status());
        boolean over = status.equals("completed");
        return new CheckRecord(
                check.id(),
                check.suiteId(),
                check.sha(),
                change.name().orElse(check.name()),
                check.appId(),
                change.externalId().orElse(check.externalId()),
                change.detailsUrl().orElse(check.detailsUrl()),
                status,
                over ? change.conclusion().orElse(check.conclusion()) : null,
                change.startedAt().orElse(check.startedAt()),
                over
                        ? change.completedAt()
                                .or(() -> Optional.ofNullable(check.completedAt()))
                                .orElse(now)
                        : null,
                change.output().map(output -> joined(check.output(), output)).orElse(check.output()));
    }

    private static CheckRecord.Output joined(CheckRecord.Output before, CheckRecord.Output more) {
        List<CheckAnnotation> annotations = new ArrayList<>(before.annotations());
        annotations.addAll(more.annotations());
        return new CheckRecord.Output(
                more.title() == null ? before.title() : more.title(),
                more.summary() == null ? before.summary() : more.summary(),
                more.text() == null ? before.text() : more.text(),
                annotations);
    }
}
