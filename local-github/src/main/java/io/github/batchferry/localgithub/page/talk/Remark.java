package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.collaboration.Review;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.MarkdownText;
import io.github.batchferry.localgithub.page.html.TimeText;
import java.time.Instant;

/** Something that somebody said. */
final class Remark {
    private Remark() {}

    /**
     * @param did what somebody did, as in "octocat commented"
     * @param body Markdown; null or blank for nothing
     * @param anchor id on the page; empty for none
     */
    static Html of(String who, String did, Instant when, String body, String anchor, Instant now) {
        Html head = tag("p", css("meta"), tag("strong", name(who)), text(" " + did + " "), TimeText.ago(when, now));
        Html said = body == null || body.isBlank() ? Html.NOTHING : tag("div", css("markdown"), MarkdownText.of(body));
        return anchor.isEmpty()
                ? tag("section", css("remark"), head, said)
                : tag("section", css("remark"), attr("id", anchor), head, said);
    }

    static String words(Review.Verdict verdict) {
        return switch (verdict) {
            case APPROVED -> "approved this";
            case CHANGES_REQUESTED -> "asked for changes";
            case COMMENTED, PENDING -> "reviewed this";
        };
    }
}
