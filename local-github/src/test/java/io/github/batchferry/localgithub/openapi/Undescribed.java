package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import java.util.Arrays;
import java.util.function.BiPredicate;

/** What is said on the same port and is not GitHub's REST API, so that its description cannot know it. */
enum Undescribed {
    /** GitHub's storage gives out logs and files by links of its own, whose form is nobody's business. */
    TEMPORARY_LINKS((path, exchange) -> path.startsWith("/_links/")),

    /** Services inside of a job, which GitHub does not document: identity tokens, artifacts and caches. */
    SERVICES_OF_JOBS((path, exchange) -> path.startsWith("/_services/") || path.startsWith("/_oidc/")),

    /** Refs were once read where they are changed; the usual Java client still does so, and GitHub still answers. */
    REFS_WHERE_THEY_ARE_CHANGED(
            (path, exchange) -> exchange.method().equals("GET") && path.matches("/repos/[^/]+/[^/]+/git/refs(?:/.*)?")),

    /** So were statuses. */
    STATUSES_WHERE_THEY_ARE_WRITTEN(
            (path, exchange) -> exchange.method().equals("GET") && path.matches("/repos/[^/]+/[^/]+/statuses/.+")),

    /** OpenID Connect describes these, for issuers of all kinds. */
    IDENTITY_OF_THE_ISSUER((path, exchange) -> path.startsWith("/.well-known/")),

    /** Files of releases have the links that people share, which are none of the API. */
    DOWNLOADS((path, exchange) -> path.matches("/[^/]+/[^/]+/releases/download/.+")),

    /** GraphQL has a schema of its own. */
    GRAPHQL((path, exchange) -> path.equals("/graphql") || path.equals("/api/graphql")),

    /** Answers of another version of the API have other fields; this description is of 2022-11-28. */
    OTHER_VERSIONS((path, exchange) -> !exchange.request()
            .header("X-GitHub-Api-Version")
            .orElse("2022-11-28")
            .equals("2022-11-28")),

    /** Pages for people are no API; inside of the API's folders a page would be a mistake. */
    PAGES((path, exchange) -> !path.matches("/(?:repos|user|users|orgs|app|installation|meta|rate_limit)(?:/.*)?")
            && exchange.response().header("Content-Type").orElse("").matches("(?:text/(?:html|css)|image/).*"));

    private final BiPredicate<String, Exchange> matches;

    Undescribed(BiPredicate<String, Exchange> matches) {
        this.matches = matches;
    }

    static boolean covers(String path, Exchange exchange) {
        return Arrays.stream(values()).anyMatch(each -> each.matches.test(path, exchange));
    }
}
