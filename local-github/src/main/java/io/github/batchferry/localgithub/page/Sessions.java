package io.github.batchferry.localgithub.page;

import io.github.batchferry.localgithub.store.GitHubToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Who may see the pages: browsers that came over a link which works once. All end with the server. Thread-safe. */
public final class Sessions {
    private static final int MOST = 100; // the oldest goes

    private final SecureRandom random;

    // Mutable state
    private final Deque<String> keys = new ArrayDeque<>();
    private final Deque<Session> sessions = new ArrayDeque<>();

    /**
     * A browser's right to see the pages.
     *
     * @param id its secret, which a cookie holds
     * @param formToken what its forms send with them
     */
    record Session(String id, String formToken) {}

    public Sessions(SecureRandom random) {
        this.random = random;
    }

    /** A new key that opens one session. */
    public synchronized String newKey() {
        String key = GitHubToken.create("", random);
        keys.addLast(key);
        if (keys.size() > MOST) {
            keys.removeFirst();
        }
        return key;
    }

    /** Uses a key up. */
    synchronized Optional<Session> redeem(String key) {
        Optional<String> known = keys.stream().filter(each -> equal(each, key)).findFirst();
        known.ifPresent(keys::remove);
        return known.map(used -> open());
    }

    /** Opens a session for somebody who has shown to be the owner. */
    synchronized Session open() {
        Session session = new Session(GitHubToken.create("", random), GitHubToken.create("", random));
        sessions.addLast(session);
        if (sessions.size() > MOST) {
            sessions.removeFirst();
        }
        return session;
    }

    /** The session of a cookie. */
    synchronized Optional<Session> find(String id) {
        return sessions.stream().filter(each -> equal(each.id, id)).findFirst();
    }

    /** Compares in a time that tells nothing about where two texts differ. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
