package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.page.html.Html;
import java.io.IOException;
import java.util.List;

/** Where to choose another branch or tag. */
final class BranchText {
    private static final int MOST = 50;

    private BranchText() {}

    static Html chooser(HostedRepository repository, RefPath place) throws IOException {
        String shown = place.ref().matches("[0-9a-f]{40}") ? place.ref().substring(0, 7) : place.ref();
        List<String> branches = names(repository, "refs/heads/");
        List<String> tags = names(repository, "refs/tags/");
        return tag(
                "details",
                css("chooser"),
                tag("summary", css("branch"), name(shown)),
                list(repository, "Branches", branches),
                list(repository, "Tags", tags));
    }

    private static List<String> names(HostedRepository repository, String prefix) throws IOException {
        return repository.refs().startingWith(prefix).stream()
                .map(ref -> ref.getName().substring(prefix.length()))
                .toList();
    }

    private static Html list(HostedRepository repository, String title, List<String> names) {
        if (names.isEmpty()) {
            return Html.NOTHING;
        }
        String base = "/" + repository.name() + "/tree/";
        return all(
                tag("strong", text(title)),
                tag(
                        "ul",
                        all(names.stream()
                                .limit(MOST)
                                .map(each -> tag("li", link(base + Paths.encode(each), name(each))))
                                .toList())));
    }
}
