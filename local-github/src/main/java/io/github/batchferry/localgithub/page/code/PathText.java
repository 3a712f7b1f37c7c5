package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.page.html.Html;
import java.util.ArrayList;
import java.util.List;

/** A path with links to the folders on the way. */
final class PathText {
    private PathText() {}

    static Html of(HostedRepository repository, RefPath place) {
        List<Html> pieces = new ArrayList<>();
        pieces.add(link(
                place.address(repository, "tree", ""), name(repository.name().name())));
        String[] segments = place.path().split("/");
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            path.append(i == 0 ? "" : "/").append(segments[i]);
            pieces.add(text(" / "));
            pieces.add(
                    i == segments.length - 1
                            ? name(segments[i])
                            : link(place.address(repository, "tree", path.toString()), name(segments[i])));
        }
        return Html.all(pieces);
    }
}
