package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.MarkdownText;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.releases.AssetRecord;
import io.github.batchferry.localgithub.releases.ReleaseRecord;
import io.github.batchferry.localgithub.releases.Releases;
import java.util.List;

/** The releases of a repository, and their files. */
public final class ReleasePages implements PageRoute.Pages {
    private final Releases releases;

    public ReleasePages(Releases releases) {
        this.releases = releases;
    }

    @Override
    public List<PageRoute> routes() {
        String all = PageRoute.REPOSITORY + "/releases";
        return List.of(
                PageRoute.get(all, this::list),
                PageRoute.get(all + "/tag/{tag...}", this::show),
                PageRoute.get(all + "/download/{file...}", this::download));
    }

    private Response list(Visit visit) {
        List<Html> rows = releases.of(visit.repository()).releases().stream()
                .map(each -> row(visit, each))
                .toList();
        return Layout.of("Releases", visit.repository().name(), Layout.Tab.RELEASES)
                .response(
                        200,
                        tag("h1", text("Releases")),
                        rows.isEmpty()
                                ? tag("p", css("empty"), text("There are no releases yet."))
                                : tag("ul", css("rows"), all(rows)));
    }

    private static String path(Visit visit, ReleaseRecord release) {
        return "/" + visit.repository().name() + "/releases/tag/" + Paths.encode(release.slug());
    }

    private static String title(ReleaseRecord release) {
        return release.name() == null || release.name().isBlank() ? release.tag() : release.name();
    }

    private static Html row(Visit visit, ReleaseRecord release) {
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", path(visit, release)), name(title(release))),
                        tag(
                                "div",
                                css("meta"),
                                text(TimeText.count(release.assets().size(), "file")))),
                tag("div", css("row-side meta"), kind(release), TimeText.ago(release.createdAt(), visit.now())));
    }

    private static Html kind(ReleaseRecord release) {
        if (release.draft()) {
            return tag("span", css("level level-warning"), text("draft"));
        }
        return release.prerelease() ? tag("span", css("level level-warning"), text("pre-release")) : Html.NOTHING;
    }

    private ReleaseRecord find(Visit visit, String slug) throws ApiException {
        return releases.ofSlug(visit.repository(), slug).orElseThrow(ApiException::notFound);
    }

    private Response show(Visit visit) throws ApiException {
        ReleaseRecord release = find(visit, visit.path().get("tag"));
        String repository = "/" + visit.repository().name();
        Html body = release.body() == null || release.body().isBlank()
                ? Html.NOTHING
                : tag("div", css("markdown"), MarkdownText.of(release.body()));
        return Layout.of(title(release), visit.repository().name(), Layout.Tab.RELEASES)
                .response(
                        200,
                        tag("p", css("above"), link(repository + "/releases", text("Releases"))),
                        tag("h1", name(title(release))),
                        tag(
                                "p",
                                css("standing"),
                                kind(release),
                                release.draft()
                                        ? tag("span", css("branch"), name(release.tag()))
                                        : tag(
                                                "a",
                                                css("branch"),
                                                attr("href", repository + "/tree/" + Paths.encode(release.tag())),
                                                name(release.tag())),
                                tag(
                                        "span",
                                        css("meta"),
                                        text("by "),
                                        name(release.author()),
                                        text(" "),
                                        TimeText.ago(release.createdAt(), visit.now()))),
                        body,
                        files(visit, release));
    }

    private static Html files(Visit visit, ReleaseRecord release) {
        if (release.assets().isEmpty()) {
            return Html.NOTHING;
        }
        String folder = "/" + visit.repository().name() + "/releases/download/" + Paths.encode(release.slug()) + "/";
        return tag(
                "section",
                tag("h2", text("Files")),
                tag(
                        "ul",
                        css("rows"),
                        all(release.assets().stream()
                                .map(each -> file(folder, each))
                                .toList())));
    }

    private static Html file(String folder, AssetRecord asset) {
        String label = asset.label() == null || asset.label().isBlank() ? asset.name() : asset.label();
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag(
                                "a",
                                css("title"),
                                attr("href", folder + Paths.encode(asset.name())),
                                attr("download", ""),
                                name(label)),
                        tag("div", css("meta digest"), text(asset.digest()))),
                tag("div", css("row-side meta"), text(TimeText.size(asset.size()))));
    }

    private Response download(Visit visit) throws ApiException {
        String file = visit.path().get("file");
        int slash = file.lastIndexOf('/');
        AssetRecord asset = find(visit, file.substring(0, Math.max(0, slash)))
                .asset(file.substring(slash + 1))
                .orElseThrow(ApiException::notFound);
        return Response.bytes("application/octet-stream", asset.size(), () -> releases.open(visit.repository(), asset))
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + Paths.encode(asset.name()));
    }
}
