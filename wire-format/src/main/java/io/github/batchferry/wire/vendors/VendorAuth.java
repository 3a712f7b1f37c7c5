package io.github.batchferry.wire.vendors;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** How a vendor is told who asks. */
public sealed interface VendorAuth {
    /** Not at all: a server of one's own. */
    record None() implements VendorAuth {}

    /**
     * By a stored key.
     *
     * @param variable name of the environment variable that holds it
     */
    record KeyEnv(String variable) implements VendorAuth {}

    /**
     * By an access token that an earlier step of the job got, such as {@code azure/login}.
     *
     * @param variable name of the environment variable that holds it
     */
    record TokenEnv(String variable) implements VendorAuth {}

    /**
     * By a short-lived token for which the job's own identity (OpenID Connect) is exchanged; nothing is stored.
     *
     * @param exchange where it is exchanged, and how
     * @param audience for whom GitHub makes out the job's identity; what the vendor was told to expect
     * @param ids what the exchange wants to know besides, by its own names; a value {@code $NAME} is that of an environment
     *     variable
     * @param tokenUrl address of the exchange, https or on this machine, where it is not the usual one
     */
    record Oidc(OidcExchange exchange, String audience, Map<String, String> ids, Optional<URI> tokenUrl)
            implements VendorAuth {
        public Oidc {
            ids = Map.copyOf(ids);
        }

        /** Address of the exchange. */
        public URI address() {
            return tokenUrl.orElse(exchange.tokenUrl());
        }
    }
}
