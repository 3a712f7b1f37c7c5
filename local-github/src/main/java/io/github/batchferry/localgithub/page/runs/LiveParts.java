package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.tag;

import io.github.batchferry.localgithub.page.html.Html;

/**
 * What of a page changes while somebody looks at it. The page's script asks for the same address with {@code live=1},
 * puts the parts in their places by their ids, and loads the page again when its shape is another.
 *
 * @param shape tells which parts there are
 * @param everyMillis when to ask again; 0 when nothing will change any more
 * @param parts elements with ids
 */
record LiveParts(String shape, int everyMillis, Html parts) {
    /** The whole as the script reads it, and as the page holds it. */
    Html markup() {
        return tag("div", attr("id", "live"), attr("data-shape", shape), attr("data-every", "" + everyMillis), parts);
    }
}
