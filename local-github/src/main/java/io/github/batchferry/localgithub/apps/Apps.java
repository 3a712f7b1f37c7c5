package io.github.batchferry.localgithub.apps;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.identity.Pem;
import io.github.batchferry.localgithub.identity.SigningKey;
import io.github.batchferry.localgithub.store.GitHubToken;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.ServerDocument;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Apps of a server, kept over restarts with their tokens, of which only digests are stored. Thread-safe. */
public final class Apps {
    private static final Duration LIFE = Duration.ofHours(1);

    private final ServerDocument<AppBook> book;
    private final SecureRandom random;
    private final Clock clock;

    /** A token that was just made. */
    record NewToken(String token, TokenRecord record) {}

    private Apps(ServerDocument<AppBook> book, SecureRandom random, Clock clock) {
        this.book = book;
        this.random = random;
        this.clock = clock;
    }

    /** The Apps of a state directory. */
    public static Apps of(StateDirectory directory, SecureRandom random, Clock clock) throws IOException {
        return new Apps(ServerDocument.open(directory, "apps", AppBook.class, AppBook.EMPTY), random, clock);
    }

    /**
     * Registers an App.
     *
     * @param publicKey in PEM; a pair of keys is made if it is empty
     * @param permissions name, such as {@code pull_requests}, to read, write or admin
     * @throws IllegalArgumentException if the name is taken or a permission or the key cannot be used
     */
    public RegisteredApp register(String name, Optional<String> publicKey, Map<String, String> permissions) {
        checkPermissions(permissions);
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        Optional<KeyPair> made = publicKey.isEmpty() ? Optional.of(SigningKey.generate(random)) : Optional.empty();
        String key = publicKey.orElseGet(() -> Pem.publicKey(made.orElseThrow().getPublic()));
        Pem.readPublicKey(key);
        AppBook changed = book.update(before -> {
            if (slug.isEmpty() || before.app(app -> app.slug().equals(slug)).isPresent()) {
                throw new IllegalArgumentException(
                        "cannot register an App by the name `" + name + "`: it is empty or taken; choose another");
            }
            return before.with(new AppRecord(
                    before.lastId() + 1, slug, name, Caller.User.LOGIN, key, permissions, clock.instant()));
        });
        return new RegisteredApp(
                changed.app(app -> app.slug().equals(slug)).orElseThrow(),
                made.map(pair -> Pem.privateKey((RSAPrivateCrtKey) pair.getPrivate())));
    }

    private static void checkPermissions(Map<String, String> permissions) {
        permissions.forEach((name, access) -> {
            if (!name.matches("[a-z]+(_[a-z]+)*") || !access.matches("read|write|admin")) {
                throw new IllegalArgumentException("cannot grant `" + name + ": " + access
                        + "`: expected a permission such as pull_requests, and read, write or admin");
            }
        });
    }

    /**
     * Installs an App on an account.
     *
     * @param repositories names of the repositories it may use; empty for all of the account
     * @return number of the installation
     * @throws IllegalArgumentException if there is no such App, or it is installed there already
     */
    public long install(long appId, String owner, List<String> repositories) {
        return book.update(before -> {
                    if (before.app(app -> app.id() == appId).isEmpty()
                            || on(before, appId, owner).isPresent()) {
                        throw new IllegalArgumentException("cannot install App " + appId + " on `" + owner
                                + "`: there is no such App, or it is installed there");
                    }
                    return before.with(
                            new InstallationRecord(before.lastId() + 1, appId, owner, repositories, clock.instant()));
                })
                .lastId();
    }

    private static Optional<InstallationRecord> on(AppBook book, long appId, String owner) {
        return book.installations().stream()
                .filter(installation ->
                        installation.appId() == appId && installation.owner().equalsIgnoreCase(owner))
                .findFirst();
    }

    /** An App by its number or its client id. */
    Optional<AppRecord> find(String idOrClientId) {
        return book.get()
                .app(app ->
                        ("" + app.id()).equals(idOrClientId) || app.clientId().equals(idOrClientId));
    }

    /** An App by its number. */
    public Optional<AppRecord> find(long id) {
        return book.get().app(app -> app.id() == id);
    }

    /** Where an App is installed. */
    List<InstallationRecord> installations(AppRecord app) {
        return book.get().installations().stream()
                .filter(installation -> installation.appId() == app.id())
                .toList();
    }

    /** An installation on an account. */
    Optional<InstallationRecord> on(AppRecord app, String owner) {
        return on(book.get(), app.id(), owner);
    }

    /**
     * Makes a token.
     *
     * @param repositories names of the repositories it is for; empty for all of the installation
     * @param permissions none for all of the App
     * @throws AppRefusedException if it would be more than the installation has
     */
    NewToken createToken(
            InstallationRecord installation, List<String> repositories, Optional<Map<String, String>> permissions)
            throws AppRefusedException {
        Map<String, String> granted = granted(find(installation.appId()).orElseThrow());
        if (!permissions.orElse(Map.of()).entrySet().stream()
                .allMatch(asked ->
                        rank(asked.getValue()) > 0 && rank(asked.getValue()) <= rank(granted.get(asked.getKey())))) {
            throw new AppRefusedException(422, "The permissions requested are not granted to this installation.");
        }
        Map<String, String> given = new TreeMap<>(permissions.orElse(granted));
        given.putIfAbsent("metadata", "read");
        String token = GitHubToken.create("ghs_", random);
        TokenRecord record = new TokenRecord(
                digest(token),
                installation.id(),
                repositories.isEmpty() ? installation.repositories() : repositories,
                given,
                clock.instant().plus(LIFE));
        book.update(before -> before.with(record, clock.instant()));
        return new NewToken(token, record);
    }

    /** What an App may do; everybody who may do anything may also read what a repository is called. */
    static Map<String, String> granted(AppRecord app) {
        Map<String, String> granted = new TreeMap<>(app.permissions());
        granted.putIfAbsent("metadata", "read");
        return granted;
    }

    /** How much an access is; 0 for none, and for what is no access at all. */
    private static int rank(String access) {
        return access == null ? 0 : 1 + List.of("read", "write", "admin").indexOf(access);
    }

    /** Ends a token. */
    void revoke(String token) {
        book.update(before -> before.without(digest(token)));
    }

    /** Whose token this is, while it lives. */
    public Optional<Caller> findCaller(String token) {
        if (!token.startsWith("ghs_")) {
            return Optional.empty();
        }
        String digest = digest(token);
        AppBook now = book.get();
        return now.tokens().stream()
                .filter(record ->
                        record.digest().equals(digest) && clock.instant().isBefore(record.expiresAt()))
                .findFirst()
                .flatMap(record -> now.installation(record.installationId()).map(found -> caller(found, record)));
    }

    private Caller caller(InstallationRecord installation, TokenRecord token) {
        AppRecord app = find(installation.appId()).orElseThrow();
        return new Caller.Installation(
                app.slug(),
                app.id(),
                installation.id(),
                installation.owner(),
                token.repositories(),
                AppPermissions.of(token.permissions()));
    }

    /** Whether an installation may use a repository. */
    static boolean covers(InstallationRecord installation, RepositoryName repository) {
        return installation.owner().equalsIgnoreCase(repository.owner()) && installation.covers(repository.name());
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
