package io.github.batchferry.runner.credentials;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.CredentialSource;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All that this job can ask vendors with. Every token it gets is told to the job's log and redactor before it is used. Closing
 * it ends the exchanging.
 */
public final class JobCredentials implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final StoredSecrets stored;
    private final IdentityTokens identity;
    private final HttpDoor door;
    private final InstantSource clock;
    private final Consumer<String> secrets;
    private final List<String> learned = new CopyOnWriteArrayList<>();

    /** One exchange for vendors that are asked in the same way. */
    private final Map<VendorAuth.Oidc, ExchangedCredentials> exchanged = new ConcurrentHashMap<>();

    /**
     * @param environment holds keys, and what the job asks GitHub with
     * @param http sends a request, following no redirect
     * @param secrets is told of every identity and token before its first use, on any thread
     * @param clean takes out of a text what {@code secrets} was told
     */
    public JobCredentials(
            Map<String, String> environment,
            Function<HttpRequest, CompletableFuture<VendorAnswer>> http,
            InstantSource clock,
            Consumer<String> secrets,
            UnaryOperator<String> clean) {
        this.environment = environment;
        this.stored = new StoredSecrets(environment);
        this.clock = clock;
        this.secrets = secret -> {
            learned.add(secret);
            secrets.accept(secret);
        };
        this.door = new HttpDoor(http, LIMIT, clean);
        this.identity = new IdentityTokens(environment, door, this.secrets);
    }

    /** All that keeps a vendor from being asked, as far as it can be seen from here. Asks nobody. */
    public List<String> problems(VendorConfig vendor) {
        List<String> problems = new ArrayList<>(stored.problem(vendor).stream().toList());
        if (vendor.auth() instanceof VendorAuth.Oidc oidc) {
            if (!identity.areOffered()) {
                problems.add(
                        "vendor `" + vendor.name() + "` is asked with a token for the identity of this job, which the"
                                + " job may not prove: add the line `id-token: write` under permissions: of the workflow, and of the"
                                + " workflow that calls it, if one does");
            }
            oidc.ids().forEach((key, value) -> {
                if (id(value).isEmpty()) {
                    problems.add("vendor `" + vendor.name() + "` takes " + key + " from " + value.substring(1)
                            + ", which is empty in this job: set the repository variable and list it under env: of the"
                            + " workflow's step");
                }
            });
        }
        return problems;
    }

    /** Where the credential of a vendor without {@link #problems} comes from. */
    public CredentialSource source(VendorConfig vendor) {
        return vendor.auth() instanceof VendorAuth.Oidc oidc
                ? exchanged.computeIfAbsent(oidc, this::exchange)
                : CredentialSource.fixed(stored.of(vendor));
    }

    /**
     * Waits until a vendor's credential is there, so that a refusal is known before anything else is done.
     *
     * @throws ExchangeFailedException if no token is given for the job's identity
     * @throws IOException if whoever gives it cannot be reached
     */
    public void prove(VendorConfig vendor) throws IOException {
        try {
            source(vendor).current().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Every secret known by now: keys of all vendors, used or not, and tokens. */
    public List<String> known(Collection<VendorConfig> vendors) {
        List<String> known = new ArrayList<>(learned);
        vendors.stream()
                .flatMap(vendor -> stored.of(vendor).stream())
                .map(Credential::secret)
                .forEach(known::add);
        identity.requestToken().ifPresent(known::add);
        return known;
    }

    /** Ends the exchanging; a token on its way is forgotten. */
    @Override
    public void close() {
        exchanged.values().forEach(ExchangedCredentials::stop);
    }

    private ExchangedCredentials exchange(VendorAuth.Oidc oidc) {
        Map<String, String> ids = new TreeMap<>();
        oidc.ids().forEach((key, value) -> id(value).ifPresent(id -> ids.put(key, id)));
        return new ExchangedCredentials(new TokenExchange(identity, oidc, ids, door, secrets), clock);
    }

    /** The id itself, or that of the environment variable behind {@code $}. */
    private Optional<String> id(String value) {
        return Optional.of(
                        value.startsWith("$")
                                ? environment
                                        .getOrDefault(value.substring(1), "")
                                        .strip()
                                : value)
                .filter(id -> !id.isEmpty());
    }
}
