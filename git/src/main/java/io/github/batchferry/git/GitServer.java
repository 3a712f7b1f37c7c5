package io.github.batchferry.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Where a repository is and how to get in. The token is neither part of the address nor of any configuration. */
final class GitServer {
    private final URI url;
    private final GitToken token;
    private final GitNetwork network;

    GitServer(URI url, GitToken token, GitNetwork network) {
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a git address must not hold a name or a password");
        }
        this.url = url;
        this.token = token;
        this.network = network;
    }

    /** What is done in a session. */
    @FunctionalInterface
    interface Talk<T> {
        T with(GitSession session) throws GitException;
    }

    /**
     * Talks to the server. What a refused token kept from happening is tried once more if there is a new one: a server that
     * answers 401 has done nothing.
     */
    <T> T talk(Repository local, BranchName branch, Talk<T> talk) throws GitException {
        Optional<String> secret = token.current().filter(text -> !text.isEmpty());
        try (GitSession session = open(local, branch, secret)) {
            return talk.with(session);
        } catch (GitAuthenticationException e) {
            if (!e.refused() || secret.isEmpty() || !token.renew(secret.get())) {
                throw e;
            }
        }
        try (GitSession session = open(local, branch, token.current())) {
            return talk.with(session);
        }
    }

    /** Prepares to talk; nothing is sent yet. */
    private GitSession open(Repository local, BranchName branch, Optional<String> secret) throws GitException {
        ServerHttp http = new ServerHttp(url, network);
        GitFailures failures = new GitFailures(url, branch, new KnownToken(secret, token.origin()), http::lastStatus);
        try {
            Transport transport = Transport.open(local, new URIish(url.toString()));
            transport.setCredentialsProvider(null);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setTimeout((int) Math.min(
                    Integer.MAX_VALUE / 1000, Math.max(1, network.timeout().toSeconds())));
            transport.setPackConfig(packing(local));
            if (transport instanceof TransportHttp overHttp) {
                overHttp.setHttpConnectionFactory(http);
                secret.ifPresent(text -> overHttp.setPreemptiveBasicAuthentication("x-access-token", text));
            }
            return new GitSession(transport, branch, failures);
        } catch (URISyntaxException | NotSupportedException | TransportException e) {
            throw failures.translate("reach", e);
        }
    }

    /** No deltas: they need memory by the size of a file, and a batch's parts have nothing in common. */
    private static PackConfig packing(Repository local) {
        PackConfig packing = new PackConfig(local);
        packing.setDeltaCompress(false);
        packing.setThreads(1);
        packing.setBuildBitmaps(false);
        return packing;
    }
}
