package io.github.batchferry.localgithub.page;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.flag;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import java.util.Map;
import java.util.Optional;

/**
 * The way in: a link with a key that works once, or the user's token. Other users of this machine and other web sites can
 * reach the port, too; neither has one of them.
 */
final class SignIn {
    /** Where the links lead. */
    static final String PATH = "/_open";

    private final Sessions sessions;
    private final Tokens tokens;
    private final String cookie;

    /** @param port keeps the cookies of servers on other ports of this machine apart, which browsers do not */
    SignIn(Sessions sessions, Tokens tokens, int port) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = "ferry-session-" + port;
    }

    /** Name of the cookie that holds a session. */
    String cookie() {
        return cookie;
    }

    /** The session of a call. */
    Optional<Sessions.Session> session(BrowserCall call) {
        return call.cookie(cookie).flatMap(sessions::find);
    }

    /** Follows a link. */
    Response open(Map<String, String> query) {
        return sessions.redeem(query.getOrDefault("key", ""))
                .map(this::welcome)
                .orElseGet(() -> refusal("This link was used already, or it belongs to a GitHub that has stopped."));
    }

    /** Takes a token from the form. */
    Response take(Map<String, String> form) {
        return tokens.find(form.getOrDefault("token", "").strip())
                .filter(Caller.User.class::isInstance)
                .map(user -> welcome(sessions.open()))
                .orElseGet(() -> refusal("This is not the token of this GitHub."));
    }

    /** A page of our own leads on: after a redirect from another site, the browser would hold the cookie back. */
    private Response welcome(Sessions.Session session) {
        Html on = tag("meta", attr("http-equiv", "refresh"), attr("content", "0; url=/"));
        return Layout.of("Welcome")
                .response(200, on, tag("h1", text("Welcome")), tag("p", link("/", text("Go on to the repositories"))))
                .with("Set-Cookie", cookie + "=" + session.id() + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /** The page for those who have no session. */
    Response refusal(String reason) {
        Html form = tag(
                "form",
                css("sign-in"),
                attr("method", "post"),
                attr("action", PATH),
                tag("label", attr("for", "token"), text("Token")),
                tag(
                        "input",
                        attr("type", "password"),
                        attr("id", "token"),
                        attr("name", "token"),
                        attr("autocomplete", "off"),
                        flag("required")),
                tag("button", attr("type", "submit"), text("Open")));
        return Layout.of("Sign in")
                .response(
                        401,
                        tag("h1", text("This GitHub is private")),
                        tag("p", text(reason)),
                        tag(
                                "p",
                                text("Open it with the link that "),
                                tag("code", text("ferry local-github serve")),
                                text(" prints when it starts; the link works once. Or give the token of this GitHub,"
                                        + " which is kept in the file "),
                                tag("code", text("token")),
                                text(" of its state directory.")),
                        form);
    }
}
