package io.github.batchferry.wire.vendors;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Vendors that give a short-lived token for the identity of a job of GitHub Actions. What each wants to know stands in its
 * documentation of workload identity federation.
 */
public enum OidcExchange {
    /** OpenAI, projects with a service account. */
    OPENAI(
            "openai",
            "api.openai.com",
            "https://auth.openai.com/oauth/token",
            "https://api.openai.com/v1",
            List.of("identity_provider_id", "service_account_id"),
            List.of()),
    /** Anthropic. */
    ANTHROPIC(
            "anthropic",
            "api.anthropic.com",
            "https://api.anthropic.com/v1/oauth/token",
            "https://api.anthropic.com",
            List.of("federation_rule_id", "organization_id"),
            List.of("service_account_id", "workspace_id")),
    /** OpenRouter, on its business plans. */
    OPENROUTER(
            "openrouter",
            "openrouter.ai",
            "https://openrouter.ai/api/v1/oauth/token",
            "https://openrouter.ai/api/v1",
            List.of("federation_policy_id"),
            List.of());

    private final String word;
    private final String host;
    private final URI tokenUrl;
    private final String audience;
    private final List<String> requiredIds;
    private final List<String> optionalIds;

    OidcExchange(
            String word,
            String host,
            String tokenUrl,
            String audience,
            List<String> requiredIds,
            List<String> optionalIds) {
        this.word = word;
        this.host = host;
        this.tokenUrl = URI.create(tokenUrl);
        this.audience = audience;
        this.requiredIds = requiredIds;
        this.optionalIds = optionalIds;
    }

    /** The exchange that {@code vendors.yaml} calls so. */
    public static Optional<OidcExchange> of(String word) {
        return Arrays.stream(values()).filter(e -> e.word.equals(word)).findFirst();
    }

    /** What {@code vendors.yaml} calls them, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(OidcExchange::word).toList();
    }

    /** What {@code vendors.yaml} calls it. */
    public String word() {
        return word;
    }

    /** Where tokens are exchanged. */
    public URI tokenUrl() {
        return tokenUrl;
    }

    /** For whom the job's identity is made out unless the vendors file says otherwise. */
    public String audience() {
        return audience;
    }

    /** Keys of {@code oidc:} that must be there. */
    public List<String> requiredIds() {
        return requiredIds;
    }

    /** Keys of {@code oidc:} that may be there. */
    public List<String> optionalIds() {
        return optionalIds;
    }

    /**
     * Whether a token of this exchange may be sent to an address: the vendor's own host, or one below it, over https at its
     * usual port; or this machine, where tests and proxies listen.
     */
    public boolean mayBeSentTo(URI address) {
        if (HostKind.of(address) == HostKind.LOOPBACK) {
            return true;
        }
        String name = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean own = name.equals(host) || name.endsWith("." + host);
        boolean usualPort = address.getPort() == -1 || address.getPort() == 443;
        return own && usualPort && "https".equals(address.getScheme());
    }

    /** What {@link #mayBeSentTo} accepts, in words. */
    public String expectedAddress() {
        return "https://" + host;
    }
}
