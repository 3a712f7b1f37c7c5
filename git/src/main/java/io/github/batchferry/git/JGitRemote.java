package io.github.batchferry.git;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * A repository behind {@code https:}, {@code http:} or {@code file:}, spoken to with JGit. Thread-safe: every call works in
 * a temporary repository of its own. Reads no configuration of the user or the system, and follows
 * redirects within the server only, as those of a repository that was renamed.
 */
public final class JGitRemote implements GitRemote {
    private final GitServer server;
    private final Path scratchDirectory;
    private final Clock clock;

    /**
     * @param url address of the repository, without a user or a password
     * @param token sent as Basic authentication of the user {@code x-access-token}, to the host of the address only
     * @param scratchDirectory where temporary repositories go; made if need be
     * @param timeout for connecting and for every wait for the server; at least a second for {@code file:}
     * @param clock gives commits their time
     */
    public JGitRemote(URI url, Optional<String> token, Path scratchDirectory, Duration timeout, Clock clock) {
        this(url, GitToken.of(token), scratchDirectory, clock, GitNetwork.direct(timeout));
    }

    /**
     * @param url address of the repository, without a user or a password
     * @param token asked before every exchange, so that it may be renewed; sent as Basic authentication of the user
     *     {@code x-access-token}, to the host of the address only
     * @param scratchDirectory where temporary repositories go; made if need be
     * @param clock gives commits their time
     * @param network how the server is reached
     */
    public JGitRemote(URI url, GitToken token, Path scratchDirectory, Clock clock, GitNetwork network) {
        this.server = new GitServer(url, token, network);
        this.scratchDirectory = scratchDirectory;
        this.clock = clock;
    }

    /** The same on the system's clock. */
    public JGitRemote(URI url, Optional<String> token, Path scratchDirectory, Duration timeout) {
        this(url, token, scratchDirectory, timeout, Clock.systemUTC());
    }

    /**
     * Begins to load what the first call needs, on a thread of its own, so that a program can do other things meanwhile. Needs
     * not be called.
     */
    public static void prepare() {
        Thread thread = new Thread(GitClasses::loadForFetch, "git-classes");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Optional<String> head(BranchName branch) throws GitException {
        try (TemporaryRepository temporary = scratch()) {
            return head(temporary, branch);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
        return fetch(branch, GitSession::fetch);
    }

    @Override
    public Optional<BranchSnapshot> fetchSmallFiles(BranchName branch) throws GitException {
        return fetch(branch, GitSession::fetchSmallFiles);
    }

    private Optional<BranchSnapshot> fetch(BranchName branch, Fetch how) throws GitException {
        return keep(scratch(), temporary -> {
            if (head(temporary, branch).isEmpty()) {
                temporary.close();
                return Optional.empty();
            }
            fetch(temporary, branch, how);
            return Optional.of(JGitBranchSnapshot.read(temporary, branch));
        });
    }

    @Override
    public Optional<List<String>> names(BranchName branch) throws GitException {
        try (TemporaryRepository temporary = scratch()) {
            if (head(temporary, branch).isEmpty()) {
                return Optional.empty();
            }
            fetch(temporary, branch, GitSession::fetchNames);
            return Optional.of(JGitBranchSnapshot.read(temporary, branch).paths());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public BranchWriter write(BranchName branch) throws GitException {
        return write(branch, clock);
    }

    @Override
    public BranchWriter write(BranchName branch, Instant date) throws GitException {
        return write(branch, Clock.fixed(date, ZoneOffset.UTC));
    }

    private BranchWriter write(BranchName branch, Clock dating) throws GitException {
        return keep(scratch(), temporary -> {
            if (head(temporary, branch).isEmpty()) {
                return new JGitBranchWriter(server, temporary, branch, ObjectId.zeroId(), dating);
            }
            // the names of the files there are enough to add others beside them
            fetch(temporary, branch, GitSession::fetchNames);
            ObjectId tip = JGitBranchSnapshot.tip(temporary, branch);
            return new JGitBranchWriter(server, temporary, branch, tip, dating);
        });
    }

    @Override
    public BranchWriter create(BranchName branch) throws GitException {
        GitClasses.loadForPush();
        return new JGitBranchWriter(server, scratch(), branch, ObjectId.zeroId(), clock);
    }

    @Override
    public void delete(BranchName branch) throws GitException {
        try (TemporaryRepository temporary = scratch()) {
            server.talk(temporary.repository(), branch, session -> session.push("delete", deletion(temporary, branch)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private RemoteRefUpdate deletion(TemporaryRepository temporary, BranchName branch) throws GitException {
        try {
            return new RemoteRefUpdate(temporary.repository(), null, ObjectId.zeroId(), branch.ref(), true, null, null);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Optional<String> head(TemporaryRepository temporary, BranchName branch) throws GitException {
        return server.talk(temporary.repository(), branch, GitSession::head);
    }

    private void fetch(TemporaryRepository temporary, BranchName branch, Fetch how) throws GitException {
        server.talk(temporary.repository(), branch, session -> {
            how.run(session);
            return branch;
        });
    }

    private TemporaryRepository scratch() throws GitException {
        try {
            return TemporaryRepository.create(scratchDirectory);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Does work whose result keeps the temporary repository; if the work fails, the repository goes. */
    private <T> T keep(TemporaryRepository temporary, Work<T> work) throws GitException {
        try {
            return work.run(temporary);
        } catch (GitException | RuntimeException e) {
            discard(temporary, e);
            throw e;
        } catch (IOException e) {
            discard(temporary, e);
            throw unusable(e);
        }
    }

    private static void discard(TemporaryRepository temporary, Exception reason) {
        try {
            temporary.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private GitException unusable(IOException cause) {
        return new GitException("cannot use a temporary repository in `" + scratchDirectory + "`: " + cause, cause);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(TemporaryRepository temporary) throws GitException, IOException;
    }

    @FunctionalInterface
    private interface Fetch {
        void run(GitSession session) throws GitException;
    }
}
