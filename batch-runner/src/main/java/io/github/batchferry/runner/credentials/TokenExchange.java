package io.github.batchferry.runner.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.AnswerJson;
import io.github.batchferry.wire.vendors.VendorAuth;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Exchanges a fresh identity of the job for a vendor's token, each time it is asked. */
final class TokenExchange implements Supplier<CompletableFuture<MintedToken>> {
    /** For answers without {@code expires_in}: such tokens live as long as the identity, of whose five minutes some passed. */
    private static final Duration USUAL_LIFE = Duration.ofMinutes(4);

    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

    private final IdentityTokens identity;
    private final VendorAuth.Oidc oidc;
    private final Map<String, String> ids;
    private final HttpDoor door;
    private final Consumer<String> secrets;

    /**
     * @param ids the values behind {@code oidc}'s ids
     * @param secrets told of every token before anybody else is
     */
    TokenExchange(
            IdentityTokens identity,
            VendorAuth.Oidc oidc,
            Map<String, String> ids,
            HttpDoor door,
            Consumer<String> secrets) {
        this.identity = identity;
        this.oidc = oidc;
        this.ids = ids;
        this.door = door;
        this.secrets = secrets;
    }

    /** A new token. Fails with an {@link java.io.IOException}. */
    @Override
    public CompletableFuture<MintedToken> get() {
        return identity.fresh(oidc.audience())
                .thenCompose(proof -> door.ask(ExchangeRequests.of(oidc.exchange(), oidc.address(), proof, ids), who()))
                .thenApply(this::minted);
    }

    private MintedToken minted(JsonNode answer) {
        String token = AnswerJson.text(answer.path("access_token"))
                .filter(HeaderSafe::is)
                .orElseThrow(() -> HttpDoor.refusal(who() + " answered without an access_token", false));
        secrets.accept(token);
        OptionalLong seconds = AnswerJson.count(answer.path("expires_in"));
        return new MintedToken(
                token,
                seconds.isPresent()
                        ? Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_LIFE_SECONDS))
                        : USUAL_LIFE);
    }

    private String who() {
        return "the exchange `" + oidc.exchange().word() + "` at "
                + oidc.address().getHost();
    }
}
