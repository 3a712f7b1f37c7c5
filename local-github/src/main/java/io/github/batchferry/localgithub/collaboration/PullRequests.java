package io.github.batchferry.localgithub.collaboration;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Refs;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;

/** Keeps what is noted of pull requests true to their branches, which move by themselves. Thread-safe. */
public final class PullRequests {
    private final RepositoryDocument<IssueBook> books;
    private final Clock clock;

    /** Held while several steps have to see the same pull requests. */
    private final ReentrantLock lock = new ReentrantLock();

    public PullRequests(RepositoryDocument<IssueBook> books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    /** To be held from looking at pull requests until what was decided by that is noted. */
    public ReentrantLock lock() {
        return lock;
    }

    /**
     * Notes where the branches of open pull requests are now. One whose changes came to its base some other way is
     * merged by that; one whose branch is gone, or holds no changes any more, is closed. Called before branches move
     * too, because a branch that is gone does not tell where it was.
     */
    public IssueBook look(HostedRepository repository) throws IOException {
        lock.lock();
        try {
            IssueBook book = books.of(repository.name());
            for (Issue issue : book.issues().values()) {
                if (issue.open() && issue.hasChanges()) {
                    look(repository, issue);
                }
            }
            return books.of(repository.name());
        } finally {
            lock.unlock();
        }
    }

    private void look(HostedRepository repository, Issue issue) throws IOException {
        PullRequest pull = issue.pull();
        Optional<String> head = repository.refs().tip(Constants.R_HEADS + pull.head());
        Optional<String> base = repository.refs().tip(Constants.R_HEADS + pull.base());
        if (head.isEmpty() || base.isEmpty()) {
            note(repository, close(issue));
        } else if (!head.get().equals(pull.headCommit()) || !base.get().equals(pull.baseCommit())) {
            note(repository, moved(repository, issue, head.get(), base.get()));
        }
    }

    private void note(HostedRepository repository, Issue issue) {
        books.update(repository.name(), book -> book.with(issue));
    }

    private Issue close(Issue issue) {
        return issue.closed(new Closing(clock.instant(), Caller.User.LOGIN, null));
    }

    private Issue moved(HostedRepository repository, Issue issue, String head, String base) throws IOException {
        Refs refs = repository.refs();
        PullRequest pull = issue.pull();
        if (refs.follows(pull.headCommit(), base)) {
            Merge merge = new Merge(clock.instant(), Caller.User.LOGIN, arrival(repository, pull, base));
            return close(issue.with(pull.merged(merge), clock.instant()));
        }
        Instant updated = head.equals(pull.headCommit()) ? issue.updatedAt() : clock.instant();
        Issue seen = issue.with(pull.at(head, base), updated);
        return refs.follows(head, base) ? close(seen) : seen;
    }

    /** The first commit of the base that has the changes. */
    private static String arrival(HostedRepository repository, PullRequest pull, String base) throws IOException {
        for (RevCommit commit : repository.history().between(pull.baseCommit(), base)) {
            if (repository.refs().follows(pull.headCommit(), commit.name())) {
                return commit.name();
            }
        }
        return base;
    }
}
