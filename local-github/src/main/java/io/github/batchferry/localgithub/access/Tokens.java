package io.github.batchferry.localgithub.access;

import io.github.batchferry.localgithub.store.GitHubToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The tokens that are valid now: the user's, those of jobs, and those that another source knows. Those of jobs live in
 * memory only: none outlives its job. Thread-safe.
 */
public final class Tokens {
    private final byte[] userToken;
    private final SecureRandom random;
    private final Function<String, Optional<Caller>> others;

    // Mutable state
    private final Map<String, Caller> jobs = new ConcurrentHashMap<>();

    /** @param others finds whose token it is where it is neither the user's nor a job's */
    public Tokens(String userToken, SecureRandom random, Function<String, Optional<Caller>> others) {
        this.userToken = userToken.getBytes(StandardCharsets.UTF_8);
        this.random = random;
        this.others = others;
    }

    /** Makes a token for a job; it is valid until it is revoked. */
    public String issue(Caller.Job job) {
        String token = GitHubToken.create("ghs_", random);
        jobs.put(token, job);
        return token;
    }

    /** Ends the life of a job's token. */
    public void revoke(String token) {
        jobs.remove(token);
    }

    /** Whose token this is. */
    public Optional<Caller> find(String token) {
        if (MessageDigest.isEqual(userToken, token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new Caller.User());
        }
        return Optional.ofNullable(jobs.get(token)).or(() -> others.apply(token));
    }

    /**
     * Takes the token out of an {@code Authorization} header of the schemes token, Bearer and Basic (as the password,
     * with any user name); empty for any other text.
     */
    public static Optional<String> fromHeader(String header) {
        String[] words = header.strip().split("\\s+", 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        if (words[0].equalsIgnoreCase("token") || words[0].equalsIgnoreCase("bearer")) {
            return Optional.of(words[1]);
        }
        return words[0].equalsIgnoreCase("basic") ? password(words[1]) : Optional.empty();
    }

    private static Optional<String> password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
