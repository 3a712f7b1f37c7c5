package io.github.batchferry.github;

/** What sort of token one is, by GitHub's prefixes. */
public enum TokenKind {
    /** {@code ghp_}: a classic personal access token, which has scopes. */
    CLASSIC("personal access token (classic)"),
    /** {@code github_pat_}: a fine-grained personal access token, which has permissions. */
    FINE_GRAINED("fine-grained personal access token"),
    /** {@code gho_}: of a login such as that of {@code gh}, which has scopes. */
    OAUTH("token of a login"),
    /** {@code ghu_}: of a user who signed in to a GitHub App. */
    APP_USER("token of a GitHub App's user"),
    /** {@code ghs_}: of a GitHub App's installation, or the {@code GITHUB_TOKEN} of a job. */
    INSTALLATION("token of a GitHub App or of a job"),
    /** Anything else: older servers give out tokens without a prefix. */
    UNKNOWN("token");

    private final String words;

    TokenKind(String words) {
        this.words = words;
    }

    /** The kind of a token. */
    public static TokenKind of(AccessToken token) {
        String secret = token.secret();
        if (secret.startsWith("github_pat_")) {
            return FINE_GRAINED;
        }
        return switch (secret.length() < 4 ? "" : secret.substring(0, 4)) {
            case "ghp_" -> CLASSIC;
            case "gho_" -> OAUTH;
            case "ghu_" -> APP_USER;
            case "ghs_" -> INSTALLATION;
            default -> UNKNOWN;
        };
    }

    /** For people, such as {@code fine-grained personal access token}. */
    @Override
    public String toString() {
        return words;
    }
}
