package io.github.batchferry.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
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
    private final Optional<String> token;
    private final Duration timeout;

    GitServer(URI url, Optional<String> token, Duration timeout) {
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a git address must not hold a name or a password");
        }
        this.url = url;
        this.token = token.filter(secret -> !secret.isEmpty());
        this.timeout = timeout;
    }

    /** Prepares to talk; nothing is sent yet. */
    GitSession open(Repository local, BranchName branch) throws GitException {
        ServerHttp http = new ServerHttp(url, timeout);
        GitFailures failures = new GitFailures(url, branch, token, http::lastStatus);
        try {
            Transport transport = Transport.open(local, new URIish(url.toString()));
            transport.setCredentialsProvider(null);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setTimeout((int) Math.min(Integer.MAX_VALUE / 1000, Math.max(1, timeout.toSeconds())));
            transport.setPackConfig(packing(local));
            if (transport instanceof TransportHttp overHttp) {
                overHttp.setHttpConnectionFactory(http);
                token.ifPresent(secret -> overHttp.setPreemptiveBasicAuthentication("x-access-token", secret));
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
