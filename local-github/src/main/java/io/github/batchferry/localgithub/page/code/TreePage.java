package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.MarkdownText;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A folder of a repository; its root is the page of the repository. */
public final class TreePage implements PageRoute.Pages {
    private static final long LONGEST_README = 256 << 10;

    private final String server;

    /** @param server root of git and of the pages, without a trailing slash */
    public TreePage(String server) {
        this.server = server;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY, this::root),
                PageRoute.get(PageRoute.REPOSITORY + "/tree/{place...}", this::folder));
    }

    private Response root(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        String branch = repository.defaultBranch();
        Optional<String> commit = repository.commitOf(Optional.empty());
        return commit.isEmpty()
                ? page(visit, name(repository.name().toString()), empty(branch))
                : folder(visit, new RefPath(branch, commit.get(), ""));
    }

    private Html empty(String branch) {
        return tag("p", css("empty"), text("The branch "), tag("code", text(branch)), text(" has no commits yet."));
    }

    private Response folder(Visit visit) throws IOException, ApiException {
        return folder(visit, RefPath.of(visit.repository(), visit.path().get("place")));
    }

    private Response folder(Visit visit, RefPath place) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        TreeEntry entry = repository.entry(place.commit(), place.path()).orElseThrow(ApiException::notFound);
        if (!(entry instanceof TreeEntry.Directory directory)) {
            return Response.empty(303).with("Location", place.address(repository, "blob", place.path()));
        }
        Html heading = place.path().isEmpty() ? name(repository.name().toString()) : PathText.of(repository, place);
        return page(
                visit,
                heading,
                all(
                        tag(
                                "div",
                                css("toolbar"),
                                BranchText.chooser(repository, place),
                                link("/" + repository.name() + "/branches", text("Branches")),
                                link(place.address(repository, "commits", place.path()), text("Commits"))),
                        latest(visit, place),
                        files(repository, place, directory),
                        readme(repository, directory)));
    }

    private Response page(Visit visit, Html heading, Html content) {
        HostedRepository repository = visit.repository();
        Html clone = tag(
                "p",
                css("clone"),
                text("Clone it with "),
                tag("code", text("git clone " + server + "/" + repository.name() + ".git")));
        return Layout.of("Code", repository.name(), Layout.Tab.CODE).response(200, tag("h1", heading), content, clone);
    }

    private static Html latest(Visit visit, RefPath place) throws IOException {
        HostedRepository repository = visit.repository();
        Html row = CommitText.row(repository.name(), repository.commit(place.commit()), visit.now());
        return tag("ul", css("rows latest"), attr("aria-label", "Latest commit"), row);
    }

    private static Html files(HostedRepository repository, RefPath place, TreeEntry.Directory directory) {
        Comparator<TreeEntry> foldersFirst = Comparator.comparing(
                        (TreeEntry each) -> !(each instanceof TreeEntry.Directory))
                .thenComparing(TreeEntry::name);
        return tag(
                "ul",
                css("rows files"),
                attr("aria-label", "Files"),
                all(directory.children().stream()
                        .sorted(foldersFirst)
                        .map(each -> file(repository, place, each))
                        .toList()));
    }

    private static Html file(HostedRepository repository, RefPath place, TreeEntry entry) {
        boolean folder = entry instanceof TreeEntry.Directory;
        String side = entry instanceof TreeEntry.File file
                ? TimeText.size(file.size())
                : entry instanceof TreeEntry.Other other ? other.type() : "folder";
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag(
                                "a",
                                css(folder ? "title folder" : "title"),
                                attr("href", place.address(repository, folder ? "tree" : "blob", entry.path())),
                                name(entry.name() + (folder ? "/" : "")))),
                tag("div", css("row-side meta"), text(side)));
    }

    private static Html readme(HostedRepository repository, TreeEntry.Directory directory) throws IOException {
        for (TreeEntry each : directory.children()) {
            if (each instanceof TreeEntry.File file
                    && file.size() <= LONGEST_README
                    && file.name().toLowerCase(Locale.ROOT).matches("readme(\\.md)?")) {
                String content = new String(repository.read(file), StandardCharsets.UTF_8);
                return tag(
                        "section",
                        css("summary"),
                        tag("h2", name(file.name())),
                        tag("div", css("markdown"), MarkdownText.of(content)));
            }
        }
        return Html.NOTHING;
    }
}
