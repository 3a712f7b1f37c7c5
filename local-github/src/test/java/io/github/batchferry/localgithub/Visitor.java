package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser that looks at the pages of a hub. */
final class Visitor {
    static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

    private final Hub hub;

    // Mutable state
    private String cookie = "";

    Visitor(Hub hub) {
        this.hub = hub;
    }

    /** One who has come over a link. */
    static Visitor signedIn(Hub hub) {
        Visitor visitor = new Visitor(hub);
        visitor.keepCookie(visitor.follow(hub.github.pageLink()));
        return visitor;
    }

    HttpResponse<String> follow(URI link) {
        return hub.send(hub.request(link.toString()).header("Accept", ACCEPT));
    }

    void keepCookie(HttpResponse<String> response) {
        cookie = response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private HttpRequest.Builder request(String path, String accept) {
        return hub.request(hub.github.url() + path).header("Accept", accept).header("Cookie", cookie);
    }

    HttpResponse<String> get(String path) {
        return get(path, ACCEPT);
    }

    HttpResponse<String> get(String path, String accept) {
        return hub.send(request(path, accept));
    }

    HttpResponse<String> post(String path, String form) {
        return hub.send(request(path, ACCEPT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** A page that is there. */
    String page(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(200);
        return response.body();
    }

    /** What the forms of a page send along. */
    static String formToken(String page) {
        Matcher token = FORM_TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }
}
