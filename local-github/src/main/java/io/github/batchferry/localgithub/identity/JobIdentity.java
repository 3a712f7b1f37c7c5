package io.github.batchferry.localgithub.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.GitHubToken;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets jobs prove who they are (OpenID Connect). A job that may write {@code id-token} gets an address and a token to ask
 * with; what it gets there is signed by this server and can be checked with the keys that the server publishes.
 * Thread-safe.
 */
public final class JobIdentity {
    /** First segment of all paths of the issuer. */
    static final String FOLDER = "_oidc";

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private final Addresses addresses;
    private final SigningKey key;
    private final SecureRandom random;
    private final Clock clock;

    // Mutable state
    private final Map<String, Granted> jobs = new ConcurrentHashMap<>();

    /**
     * What a job asks with, until it is closed.
     *
     * @param requestUrl for {@code ACTIONS_ID_TOKEN_REQUEST_URL}
     * @param requestToken for {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}; a secret
     */
    public record Granted(String requestUrl, String requestToken, JobClaims claims, Runnable end) implements Closeable {
        /** Ends it, as the job does. */
        @Override
        public void close() {
            end.run();
        }
    }

    public JobIdentity(Addresses addresses, SigningKey key, SecureRandom random, Clock clock) {
        this.addresses = addresses;
        this.key = key;
        this.random = random;
        this.clock = clock;
    }

    /** Lets a job prove what it claims, until the result is closed. */
    public Granted open(JobClaims claims) {
        String job = GitHubToken.create("", random);
        Granted granted = new Granted(
                issuer() + "/jobs/" + job + "/idtoken?api-version=2.0",
                GitHubToken.create("", random),
                claims,
                () -> jobs.remove(job));
        jobs.put(job, granted);
        return granted;
    }

    /** What signs the tokens, as those who check them know it. */
    public String issuer() {
        return addresses.root() + "/" + FOLDER;
    }

    /** The public part of the key. */
    ObjectNode publicKey() {
        return key.json();
    }

    /**
     * A token for a job.
     *
     * @param requestToken what the job asks with
     * @param audience for whom it is; empty for the owner of the repository
     * @return empty if the job or its token is unknown
     */
    Optional<String> token(String job, String requestToken, Optional<String> audience) {
        return Optional.ofNullable(jobs.get(job))
                .filter(granted -> MessageDigest.isEqual(bytes(granted.requestToken), bytes(requestToken)))
                .map(granted -> key.sign(claims(granted.claims, audience)));
    }

    private ObjectNode claims(JobClaims job, Optional<String> audience) {
        Instant now = clock.instant();
        return job.json()
                .put("iss", issuer())
                .put("aud", audience.orElse(job.usualAudience()))
                .put("jti", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("iat", now.getEpochSecond())
                .put("nbf", now.minus(BEFORE).getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
