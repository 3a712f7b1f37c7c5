package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.flag;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all pages have in common.
 *
 * @param title of the page, without that of the site
 * @param repository whose tabs are shown; empty on pages outside of repositories
 * @param tab the one that the page belongs to
 */
public record Layout(String title, Optional<RepositoryName> repository, Tab tab) {
    private static final String SITE = "Embedded GitHub";

    /** The parts of a repository. */
    public enum Tab {
        NONE("", ""),
        CODE("Code", ""),
        ISSUES("Issues", "/issues"),
        PULLS("Pull requests", "/pulls"),
        ACTIONS("Actions", "/actions"),
        RELEASES("Releases", "/releases");

        private final String word;
        private final String path;

        Tab(String word, String path) {
            this.word = word;
            this.path = path;
        }
    }

    /** A page outside of repositories. */
    public static Layout of(String title) {
        return new Layout(title, Optional.empty(), Tab.NONE);
    }

    /** A page of a repository. */
    public static Layout of(String title, RepositoryName repository, Tab tab) {
        return new Layout(title, Optional.of(repository), tab);
    }

    /** The page with its content, which has a heading of the first level. */
    public Response response(int status, Html... content) {
        Html page = tag("html", attr("lang", "en"), head(), tag("body", body(all(content))));
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        page.writeTo(out);
        return html(status, out.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A part of a page, for the script of a page that is shown already. */
    public static Response part(Html content) {
        return html(200, content.bytes());
    }

    private static Response html(int status, byte[] bytes) {
        Response ok = Response.bytes("text/html; charset=utf-8", bytes.length, () -> new ByteArrayInputStream(bytes));
        return new Response(status, ok.headers(), ok.size(), ok.body());
    }

    private Html head() {
        String of = repository.map(name -> " · " + name).orElse("");
        return tag(
                "head",
                tag("meta", attr("charset", "utf-8")),
                tag("meta", attr("name", "viewport"), attr("content", "width=device-width, initial-scale=1")),
                tag("meta", attr("name", "color-scheme"), attr("content", "light dark")),
                tag("title", text(title + of + " · " + SITE)),
                tag("link", attr("rel", "icon"), attr("type", "image/svg+xml"), attr("href", "/favicon.svg")),
                tag("link", attr("rel", "stylesheet"), attr("href", "/_page/style.css")),
                tag("script", attr("src", "/_page/page.js"), flag("defer")));
    }

    private Html body(Html content) {
        return all(
                tag("a", css("skip"), attr("href", "#main"), text("Skip to the content")),
                tag("header", css("top"), breadcrumb(), tabs()),
                tag("main", attr("id", "main"), attr("tabindex", "-1"), content),
                tag("footer", text("Batchferry's embedded GitHub: what is shown here is on this machine only.")));
    }

    private Html breadcrumb() {
        List<Html> crumbs = new ArrayList<>();
        crumbs.add(tag("a", css("site"), attr("href", "/"), text(SITE)));
        repository.ifPresent(repo -> {
            crumbs.add(tag("span", css("slash"), attr("aria-hidden", "true"), text("/")));
            crumbs.add(link("/" + repo.owner(), name(repo.owner())));
            crumbs.add(tag("span", css("slash"), attr("aria-hidden", "true"), text("/")));
            crumbs.add(link("/" + repo, tag("strong", name(repo.name()))));
        });
        return tag("nav", css("crumbs"), attr("aria-label", "Where you are"), all(crumbs));
    }

    private Html tabs() {
        if (repository.isEmpty()) {
            return Html.NOTHING;
        }
        List<Html> links = new ArrayList<>();
        for (Tab each : Tab.values()) {
            if (each != Tab.NONE) {
                String path = "/" + repository.get() + each.path;
                links.add(
                        each == tab
                                ? tag("a", attr("href", path), attr("aria-current", "page"), text(each.word))
                                : link(path, text(each.word)));
            }
        }
        return tag("nav", css("tabs"), attr("aria-label", "Repository"), all(links));
    }
}
