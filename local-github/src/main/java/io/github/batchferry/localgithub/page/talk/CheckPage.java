package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.checks.CheckAnnotation;
import io.github.batchferry.localgithub.checks.CheckRecord;
import io.github.batchferry.localgithub.checks.Checks;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.MarkdownText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.util.List;

/** A check that an App made of a commit. */
public final class CheckPage implements PageRoute.Pages {
    private final Checks checks;

    public CheckPage(Checks checks) {
        this.checks = checks;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(PageRoute.get(PageRoute.REPOSITORY + "/runs/{check}", this::show));
    }

    private Response show(Visit visit) throws ApiException {
        CheckRecord check = checks.find(visit.repository(), visit.id("check")).orElseThrow(ApiException::notFound);
        String commit = "/" + visit.repository().name() + "/commit/" + check.sha();
        String state = check.conclusion() == null ? check.status() : check.conclusion();
        CheckRecord.Output output = check.output();
        return Layout.of(check.name(), visit.repository().name(), Layout.Tab.ACTIONS)
                .response(
                        200,
                        tag("h1", name(check.name())),
                        tag(
                                "p",
                                css("standing"),
                                tag("span", css("level"), text(state.replace('_', ' '))),
                                link(commit, tag("code", text(check.sha().substring(0, 7))))),
                        output.title() == null ? Html.NOTHING : tag("h2", name(output.title())),
                        markdown(output.summary()),
                        markdown(output.text()),
                        annotations(output.annotations()));
    }

    private static Html markdown(String text) {
        return text == null || text.isBlank() ? Html.NOTHING : tag("div", css("markdown"), MarkdownText.of(text));
    }

    private static Html annotations(List<CheckAnnotation> annotations) {
        return annotations.isEmpty()
                ? Html.NOTHING
                : tag(
                        "section",
                        tag("h2", text("Annotations")),
                        tag(
                                "ul",
                                css("rows"),
                                all(annotations.stream().map(CheckPage::row).toList())));
    }

    private static Html row(CheckAnnotation annotation) {
        String level = annotation.level().equals("failure") ? "error" : annotation.level();
        return tag(
                "li",
                css("row annotation"),
                tag("span", attr("class", "level level-" + level), text(level)),
                tag(
                        "div",
                        css("row-main"),
                        tag("div", css("said"), text(annotation.message())),
                        tag("div", css("meta"), name(annotation.path()), text(":" + annotation.startLine()))));
    }
}
