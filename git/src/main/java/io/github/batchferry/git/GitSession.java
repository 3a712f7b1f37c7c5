package io.github.batchferry.git;

import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** One exchange with a server about one branch. */
final class GitSession implements AutoCloseable {
    private final Transport transport;
    private final BranchName branch;
    private final GitFailures failures;

    GitSession(Transport transport, BranchName branch, GitFailures failures) {
        this.transport = transport;
        this.branch = branch;
        this.failures = failures;
    }

    /** The commit the branch points at, or empty if there is no such branch. */
    Optional<String> head() throws GitException {
        try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(branch.ref())))) {
            return Optional.ofNullable(connection.getRef(branch.ref()))
                    .map(Ref::getObjectId)
                    .map(id -> id.name());
        } catch (NotSupportedException | TransportException e) {
            throw failures.translate("find", e);
        }
    }

    /** Fetches the tip without history, with all files, into the local ref of the same name. */
    void fetch() throws GitException {
        try {
            fetch(FilterSpec.NO_FILTER);
        } catch (NotSupportedException | TransportException e) {
            throw failures.translate("fetch", e);
        }
    }

    /** Fetches like {@link #fetch()} but leaves out the files' contents, if the server knows how. */
    void fetchNames() throws GitException {
        fetchFiltered("blob:none");
    }

    /** Fetches like {@link #fetch()} but leaves out the contents of large files, if the server knows how. */
    void fetchSmallFiles() throws GitException {
        // the limit is the first size that is left out
        fetchFiltered("blob:limit=" + (GitRemote.SMALL_BYTES + 1));
    }

    private void fetchFiltered(String filter) throws GitException {
        try {
            fetch(FilterSpec.fromFilterLine(filter));
        } catch (NotSupportedException | TransportException e) {
            if (!(e.getCause() instanceof PackProtocolException)) {
                throw failures.translate("fetch", e);
            }
            // "filter requires server to advertise that capability"
            fetch();
        }
    }

    private void fetch(FilterSpec filter) throws NotSupportedException, TransportException {
        RefSpec same = new RefSpec(branch.ref() + ":" + branch.ref());
        transport.setDepth(1);
        transport.setFilterSpec(filter);
        transport.fetch(NullProgressMonitor.INSTANCE, List.of(same));
    }

    /**
     * Sends an update with what it needs.
     *
     * @return how it went, {@code OK}, {@code UP_TO_DATE} or {@code NON_EXISTING}
     * @throws BranchMovedException if the branch is not where the update expects it
     */
    RemoteRefUpdate.Status push(String verb, RemoteRefUpdate update) throws GitException {
        PushResult result = transmit(verb, update);
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE, NON_EXISTING -> update.getStatus();
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> throw new BranchMovedException(branch);
            default -> throw refused(verb, update, result.getMessages());
        };
    }

    private PushResult transmit(String verb, RemoteRefUpdate update) throws GitException {
        try {
            return transport.push(NullProgressMonitor.INSTANCE, List.of(update));
        } catch (NotSupportedException | TransportException e) {
            throw failures.translate(verb, e);
        }
    }

    private GitException refused(String verb, RemoteRefUpdate update, String remarks) {
        String why = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
        return new PushRefusedException(failures.refused(verb, why, remarks).getMessage());
    }

    @Override
    public void close() {
        transport.close();
    }
}
