package io.github.batchferry.localgithub.githttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.BranchRules;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Serves the hosted repositories to git at {@code /OWNER/NAME.git}. Thread-safe. */
public final class GitHttp implements HttpHandler {
    private static final Pattern PATH =
            Pattern.compile("/([^/]+)/([^/]+)\\.git/(info/refs|git-upload-pack|git-receive-pack)");
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final long LARGEST_PUSH = 2L << 30;

    private final Repositories repositories;
    private final Tokens tokens;
    private final RepositoryDocument<RepositorySettings> settings;
    private final PullRequests pulls;
    private final Path spool;

    /** @param spool folder for large request bodies */
    public GitHttp(
            Repositories repositories,
            Tokens tokens,
            RepositoryDocument<RepositorySettings> settings,
            PullRequests pulls,
            Path spool) {
        this.repositories = repositories;
        this.tokens = tokens;
        this.settings = settings;
        this.pulls = pulls;
        this.spool = spool;
    }

    /** Whether a path is one that git asks for. */
    public static boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    /** A request is answered with an error. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                serve(exchange);
            } catch (RefusedException e) {
                refuse(exchange, e);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException, RefusedException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            throw new RefusedException(404, "Not Found");
        }
        boolean advertises = path.group(3).equals("info/refs");
        String service = advertises ? service(exchange) : path.group(3);
        if (!exchange.getRequestMethod().equals(advertises ? "GET" : "POST")) {
            throw new RefusedException(405, "Method Not Allowed");
        }
        Caller caller = caller(exchange);
        HostedRepository repository = find(caller, path.group(1), path.group(2), service);
        if (advertises) {
            advertise(exchange, repository, service);
        } else if (service.equals(UPLOAD)) {
            upload(exchange, repository);
        } else {
            receive(exchange, repository, caller);
        }
    }

    private static String service(HttpExchange exchange) throws RefusedException {
        String query = exchange.getRequestURI().getQuery();
        if (("service=" + UPLOAD).equals(query)) {
            return UPLOAD;
        }
        if (("service=" + RECEIVE).equals(query)) {
            return RECEIVE;
        }
        throw new RefusedException(403, "Please upgrade your git client: the dumb protocol is not supported");
    }

    private Caller caller(HttpExchange exchange) throws RefusedException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return Optional.ofNullable(header)
                .flatMap(Tokens::fromHeader)
                .flatMap(tokens::find)
                .orElseThrow(() -> new RefusedException(
                        401, header == null ? "Authentication required" : "Invalid username or token."));
    }

    private HostedRepository find(Caller caller, String owner, String name, String service)
            throws IOException, RefusedException {
        if (!RepositoryName.valid(owner, name) || !caller.sees(new RepositoryName(owner, name))) {
            throw new RefusedException(404, "Repository not found.");
        }
        RepositoryName repository = new RepositoryName(owner, name);
        HostedRepository found =
                repositories.find(repository).orElseThrow(() -> new RefusedException(404, "Repository not found."));
        if (!caller.may(repository, "contents", service.equals(UPLOAD) ? Access.READ : Access.WRITE)) {
            throw new RefusedException(403, "Permission to " + repository + ".git denied to " + caller.login() + ".");
        }
        return found;
    }

    private static void refuse(HttpExchange exchange, RefusedException e) throws IOException {
        byte[] message = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        if (e.status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(e.status, message.length);
        exchange.getResponseBody().write(message);
    }

    private void advertise(HttpExchange exchange, HostedRepository repository, String service) throws IOException {
        begin(exchange, "application/x-" + service + "-advertisement");
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
            PacketLineOut packets = new PacketLineOut(out);
            PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(packets);
            if (service.equals(UPLOAD)) {
                // writes the service line itself, and only where the protocol's version wants it
                uploadPack(exchange, repository).sendAdvertisedRefs(advertiser, service);
            } else {
                packets.writeString("# service=" + service + "\n");
                packets.end();
                receivePack(repository).sendAdvertisedRefs(advertiser);
            }
        }
    }

    private static void begin(HttpExchange exchange, String contentType) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
    }

    private void upload(HttpExchange exchange, HostedRepository repository) throws IOException {
        try (SpooledBody body = body(exchange);
                InputStream in = body.open()) {
            begin(exchange, "application/x-" + UPLOAD + "-result");
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
                uploadPack(exchange, repository).upload(in, out, null);
            }
        }
    }

    private void receive(HttpExchange exchange, HostedRepository repository, Caller caller) throws IOException {
        try (SpooledBody body = body(exchange);
                InputStream in = body.open()) {
            pulls.look(repository);
            begin(exchange, "application/x-" + RECEIVE + "-result");
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
                ReceivePack receive = receivePack(repository);
                receive.setPreReceiveHook(rules(repository, caller));
                receive.receive(in, out, null);
            }
        }
    }

    private SpooledBody body(HttpExchange exchange) throws IOException {
        InputStream raw = exchange.getRequestBody();
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return SpooledBody.receive(gzip ? new GZIPInputStream(raw) : raw, spool, LARGEST_PUSH);
    }

    private static UploadPack uploadPack(HttpExchange exchange, HostedRepository repository) {
        UploadPack upload = new UploadPack(repository.git());
        upload.setBiDirectionalPipe(false);
        upload.setRequestPolicy(UploadPack.RequestPolicy.REACHABLE_COMMIT);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            upload.setExtraParameters(List.of(protocol.split(":")));
        }
        return upload;
    }

    private static ReceivePack receivePack(HostedRepository repository) {
        ReceivePack receive = new ReceivePack(repository.git());
        receive.setBiDirectionalPipe(false);
        receive.setObjectChecker(new ObjectChecker()); // names such as `..` would lead out of whatever unpacks a tree
        return receive;
    }

    private PushRules rules(HostedRepository repository, Caller caller) throws IOException {
        return new PushRules(
                new BranchRules(
                        repository.defaultBranch(),
                        settings.of(repository.name()).protectedBranches()),
                caller.may(repository.name(), "workflows", Access.WRITE));
    }
}
