package io.github.batchferry.localgithub.collaboration;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Refs;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
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
            note(repository, issue, this::close);
        } else if (!head.get().equals(pull.headCommit()) || !base.get().equals(pull.baseCommit())) {
            note(repository, issue, moved(repository, pull, head.get(), base.get()));
        }
    }

    private void note(HostedRepository repository, Issue issue, UnaryOperator<Issue> change) {
        books.update(repository.name(), book -> book.changed(issue.number(), change));
    }

    private Issue close(Issue issue) {
        return issue.closed(new Closing(clock.instant(), Caller.User.LOGIN, null));
    }

    private UnaryOperator<Issue> moved(HostedRepository repository, PullRequest pull, String head, String base)
            throws IOException {
        Refs refs = repository.refs();
        if (refs.follows(pull.headCommit(), base)) {
            Merge merge = new Merge(clock.instant(), Caller.User.LOGIN, arrival(repository, pull, base));
            return issue -> close(issue.with(issue.pull().merged(merge), merge.at()));
        }
        boolean same = head.equals(pull.headCommit());
        boolean over = refs.follows(head, base);
        return issue -> {
            Issue seen = issue.with(issue.pull().at(head, base), same ? issue.updatedAt() : clock.instant());
            return over ? close(seen) : seen;
        };
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
