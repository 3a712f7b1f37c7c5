package io.github.batchferry.github;

import java.net.URI;

/**
 * A GitHub: github.com, a GHES or ghe.com host, or the embedded one.
 *
 * @param apiUrl root of the REST API, without a trailing slash
 * @param webUrl root of web pages and git, without a trailing slash
 */
public record GitHubServer(URI apiUrl, URI webUrl) {
    /** github.com. */
    public static final GitHubServer GITHUB_COM = ofApi(URI.create("https://api.github.com"));

    /**
     * Derives the web root from the API root: {@code https://api.HOST} belongs to {@code https://HOST},
     * {@code https://HOST/api/v3} (GHES) to {@code https://HOST}; anything else serves both from one root.
     */
    public static GitHubServer ofApi(URI apiUrl) {
        String text = apiUrl.toString().replaceAll("/+$", "");
        String web = text.endsWith("/api/v3")
                ? text.substring(0, text.length() - "/api/v3".length())
                : text.replaceFirst("^(https?://)api\\.", "$1");
        return new GitHubServer(URI.create(text), URI.create(web));
    }

    /** Address of a repository for git. */
    public URI gitUrl(RepositorySlug repository) {
        return URI.create(webUrl + "/" + repository + ".git");
    }
}
