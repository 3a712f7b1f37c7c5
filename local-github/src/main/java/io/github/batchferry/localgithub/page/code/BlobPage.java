package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file of a repository. */
public final class BlobPage implements PageRoute.Pages {
    private static final long LONGEST = 512 << 10;

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/blob/{place...}", this::show),
                PageRoute.get(PageRoute.REPOSITORY + "/raw/{place...}", this::raw));
    }

    private Response show(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        RefPath place = RefPath.of(repository, visit.path().get("place"));
        TreeEntry entry = repository.entry(place.commit(), place.path()).orElseThrow(ApiException::notFound);
        if (entry instanceof TreeEntry.Directory) {
            return Response.empty(303).with("Location", place.address(repository, "tree", place.path()));
        }
        return Layout.of(entry.name(), repository.name(), Layout.Tab.CODE)
                .response(
                        200,
                        tag("h1", PathText.of(repository, place)),
                        entry instanceof TreeEntry.File file
                                ? file(repository, place, file)
                                : tag("p", css("empty"), text("This is a " + ((TreeEntry.Other) entry).type() + ".")));
    }

    private static Html file(HostedRepository repository, RefPath place, TreeEntry.File file) throws IOException {
        Html tools = tag(
                "p",
                css("tools"),
                tag("span", css("meta"), text(TimeText.size(file.size()))),
                tag(
                        "a",
                        attr("href", place.address(repository, "raw", file.path())),
                        attr("download", ""),
                        text("Download")));
        return all(tools, content(repository, file));
    }

    private static Html content(HostedRepository repository, TreeEntry.File file) throws IOException {
        if (file.size() > LONGEST) {
            return tag("p", css("empty"), text("This file is too large to be shown here."));
        }
        String content = new String(repository.read(file), StandardCharsets.UTF_8);
        if (content.indexOf('\0') >= 0) {
            return tag("p", css("empty"), text("This file is no text."));
        }
        List<Html> lines = new ArrayList<>();
        for (String line : content.lines().toList()) {
            String anchor = "L" + (lines.size() + 1);
            lines.add(tag(
                    "div",
                    css("code-line"),
                    attr("id", anchor),
                    tag("a", css("line-number"), attr("href", "#" + anchor), text(anchor.substring(1))),
                    tag("span", css("said"), text(line))));
        }
        return tag("div", css("code"), all(lines));
    }

    private Response raw(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        RefPath place = RefPath.of(repository, visit.path().get("place"));
        if (repository.entry(place.commit(), place.path()).orElse(null) instanceof TreeEntry.File file) {
            return Response.bytes("application/octet-stream", file.size(), () -> repository.open(file))
                    .with("Content-Disposition", "attachment; filename*=UTF-8''" + Paths.encode(file.name()));
        }
        throw ApiException.notFound();
    }
}
