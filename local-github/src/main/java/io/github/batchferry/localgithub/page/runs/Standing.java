package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.StateBadge;

/** Where a run or a job stands, at the head of its page. Changes of the state are read out; the time, which runs, is not. */
final class Standing {
    private Standing() {}

    static Html of(StateBadge badge, String time) {
        return tag(
                "p",
                css("standing"),
                tag("span", attr("id", "standing"), attr("role", "status"), badge.full()),
                tag("span", attr("id", "elapsed"), css("meta"), text(time)));
    }
}
