package io.github.batchferry.runner.credentials;

import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.vendors.OidcExchange;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The requests by which an identity is exchanged for a token: RFC 8693 at OpenAI (in JSON) and OpenRouter (as a form), RFC 7523
 * at Anthropic (in JSON, with beta flags that belong to the exchange alone).
 */
final class ExchangeRequests {
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final String ANTHROPIC_BETA = "oauth-2025-04-20,oidc-federation-2026-04-01";

    private ExchangeRequests() {}

    /**
     * @param identity the job's signed token
     * @param ids what the exchange wants to know besides
     */
    static HttpRequest of(OidcExchange exchange, URI address, String identity, Map<String, String> ids) {
        HttpRequest.Builder http = HttpRequest.newBuilder(address).header("Accept", "application/json");
        return switch (exchange) {
            case OPENAI -> json(http, tokenExchange(identity, ids));
            case ANTHROPIC -> json(http.header("anthropic-beta", ANTHROPIC_BETA), jwtBearer(identity, ids));
            case OPENROUTER -> form(http, tokenExchange(identity, ids));
        };
    }

    private static Map<String, String> tokenExchange(String identity, Map<String, String> ids) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", TOKEN_EXCHANGE);
        fields.put("subject_token_type", JWT);
        fields.put("subject_token", identity);
        fields.putAll(ids);
        return fields;
    }

    private static Map<String, String> jwtBearer(String identity, Map<String, String> ids) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", JWT_BEARER);
        fields.put("assertion", identity);
        fields.putAll(ids);
        return fields;
    }

    private static HttpRequest json(HttpRequest.Builder http, Map<String, String> fields) {
        return http.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JsonSupport.MAPPER.valueToTree(fields).toString()))
                .build();
    }

    private static HttpRequest form(HttpRequest.Builder http, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return http.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
