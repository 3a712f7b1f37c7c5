package io.github.batchferry.runner.credentials;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.CredentialSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A credential that is exchanged anew before it expires. All callers share one exchange. While the old token is valid nobody
 * waits for the new one, and nobody hears of a failure to get it: only when it has expired do calls wait, and fail.
 */
final class ExchangedCredentials implements CredentialSource {
    /** A new token is asked for this long before the old one expires, or at half of its life if that is later. */
    private static final Duration BUFFER = Duration.ofMinutes(5);

    /** Time between a failed exchange and the next one. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<CompletableFuture<MintedToken>> exchange;
    private final InstantSource clock;

    // Mutable state, guarded by this
    private Optional<Held> held = Optional.empty();
    private Optional<CompletableFuture<Optional<Credential>>> underWay = Optional.empty();
    private Optional<Failed> failed = Optional.empty();
    private boolean stopped;

    private record Held(Credential credential, Instant refreshAt, Instant expiresAt) {
        static Held of(MintedToken token, Instant askedAt) {
            Duration half = token.life().dividedBy(2);
            Duration early = half.compareTo(BUFFER) < 0 ? half : BUFFER;
            Instant expiresAt = askedAt.plus(token.life());
            return new Held(
                    new Credential(Credential.Scheme.ACCESS_TOKEN, token.secret()), expiresAt.minus(early), expiresAt);
        }
    }

    private record Failed(IOException cause, Instant retryAt) {}

    /** @param exchange gets a new token; fails with an {@link IOException} */
    ExchangedCredentials(Supplier<CompletableFuture<MintedToken>> exchange, InstantSource clock) {
        this.exchange = exchange;
        this.clock = clock;
    }

    @Override
    public synchronized CompletableFuture<Optional<Credential>> current() {
        Instant now = clock.instant();
        if (stopped) {
            return CompletableFuture.failedFuture(new IOException("the batch runner is stopping"));
        }
        boolean fresh = held.filter(token -> now.isBefore(token.refreshAt())).isPresent();
        boolean pausing = failed.filter(last -> now.isBefore(last.retryAt())).isPresent();
        if (!fresh && !pausing && underWay.isEmpty()) {
            begin(now);
        }
        return held.filter(token -> now.isBefore(token.expiresAt()))
                .map(token -> CompletableFuture.completedFuture(Optional.of(token.credential())))
                // a copy: giving up one call must not take the token from the others
                .or(() -> underWay.map(CompletableFuture::copy))
                .orElseGet(() -> CompletableFuture.failedFuture(lastFailure()));
    }

    /** Ends it: calls fail from now on, and a token that is still on its way is forgotten. */
    synchronized void stop() {
        stopped = true;
        held = Optional.empty();
    }

    private void begin(Instant now) {
        CompletableFuture<Optional<Credential>> result = new CompletableFuture<>();
        underWay = Optional.of(result);
        started().whenComplete((token, failure) -> {
            if (failure == null) {
                arrived(result, token, now);
            } else {
                missed(result, failure);
            }
        });
    }

    private CompletableFuture<MintedToken> started() {
        try {
            return exchange.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void arrived(CompletableFuture<Optional<Credential>> result, MintedToken token, Instant askedAt) {
        Held fresh = Held.of(token, askedAt);
        if (!clock.instant().isBefore(fresh.expiresAt())) {
            missed(result, new IOException("the exchange gave a token that is expired already"));
            return;
        }
        boolean late;
        synchronized (this) {
            late = stopped;
            underWay = Optional.empty();
            failed = Optional.empty();
            held = late ? Optional.empty() : Optional.of(fresh);
        }
        if (late) {
            result.completeExceptionally(new IOException("the batch runner is stopping"));
        } else {
            result.complete(Optional.of(fresh.credential()));
        }
    }

    private void missed(CompletableFuture<Optional<Credential>> result, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        IOException told = cause instanceof IOException io ? io : new IOException("no token: " + cause, cause);
        synchronized (this) {
            underWay = Optional.empty();
            failed = Optional.of(new Failed(told, clock.instant().plus(PAUSE)));
        }
        result.completeExceptionally(told);
    }

    private IOException lastFailure() {
        return failed.map(Failed::cause).orElseGet(() -> new IOException("there is no valid token"));
    }
}
