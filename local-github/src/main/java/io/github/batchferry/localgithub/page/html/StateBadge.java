package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.Status;
import java.util.Locale;

/** Where a run, a job or a step stands: told by shape, colour and word. */
public enum StateBadge {
    SUCCESS("Success", "M4.8 8.2l2.2 2.2 4.2-4.6"),
    FAILURE("Failed", "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"),
    CANCELLED("Cancelled", "M4 12L12 4"),
    TIMED_OUT("Timed out", "M8 4.4V8.2l2.6 1.8"),
    SKIPPED("Skipped", "M5 8h6"),
    STARTUP_FAILURE("Startup failure", "M8 4.4v4.4M8 11.2v.4"),
    RUNNING("In progress", "M8 1a7 7 0 0 1 7 7"),
    QUEUED("Queued", "M8 8h.01"),
    PENDING("Pending", "M6.2 5.6v4.8M9.8 5.6v4.8"),
    WAITING("Waiting", "M8 4.4V8.2l2.6 1.8");

    private final String word;
    private final String shape;

    StateBadge(String word, String shape) {
        this.word = word;
        this.shape = shape;
    }

    /** The badge of a status, or of a conclusion when there is one. */
    public static StateBadge of(Status status, Conclusion conclusion) {
        if (conclusion != null) {
            return valueOf(conclusion.name());
        }
        return switch (status) {
            case IN_PROGRESS -> RUNNING;
            case PENDING -> PENDING;
            case WAITING -> WAITING;
            default -> QUEUED;
        };
    }

    /** The word for people. */
    public String word() {
        return word;
    }

    private Html icon() {
        return tag(
                "svg",
                attr("viewBox", "0 0 16 16"),
                attr("width", "16"),
                attr("height", "16"),
                attr("aria-hidden", "true"),
                tag("circle", attr("cx", "8"), attr("cy", "8"), attr("r", "7")),
                tag("path", attr("d", shape)));
    }

    private Part.Attribute classes(String more) {
        return css("state " + more + " state-" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Icon and word. */
    public Html full() {
        return tag("span", classes("state-full"), icon(), tag("span", text(word)));
    }

    /** The icon alone for those who see it; the word for those who do not, and on pointing at it. */
    public Html compact() {
        return tag(
                "span", classes("state-compact"), attr("title", word), icon(), tag("span", css("unseen"), text(word)));
    }
}
