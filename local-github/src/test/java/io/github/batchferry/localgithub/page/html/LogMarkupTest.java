package io.github.batchferry.localgithub.page.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogMarkupTest {
    private static LogMarkup of(boolean inGroup, String... lines) {
        LogMarkup markup = new LogMarkup(inGroup);
        for (String line : lines) {
            markup.add(line);
        }
        return markup;
    }

    private static String markup(String... lines) {
        return HtmlTest.markup(of(false, lines).markup());
    }

    private static String line(String said) {
        return "<div class=\"line\"><span class=\"said\">" + said + "</span></div>";
    }

    @Test
    void theTimeStandsApartFromWhatWasSaid() {
        assertThat(markup("2026-11-21T08:00:01.5000000Z hello <b>"))
                .isEqualTo("<div class=\"line\"><span class=\"when\">08:00:01</span>"
                        + "<span class=\"said\">hello &lt;b&gt;</span></div>");
        assertThat(markup("no time")).isEqualTo(line("no time"));
    }

    @Test
    void whatTheRunnerMarksHasItsKindAsAClassAndAsAWord() {
        assertThat(markup("##[error]<script>"))
                .contains("class=\"line line-error\"", "<strong>Error: </strong>&lt;script&gt;");
        assertThat(markup("##[warning]w")).contains("line-warning", "Warning: ");
        assertThat(markup("##[command]git")).contains("line-command").doesNotContain("Command");
    }

    @Test
    void aGroupIsClosedByItsEndOrByTheNextOne() {
        assertThat(markup("##[group]A", "1", "##[endgroup]", "2", "##[group]B", "3", "##[group]C", "4"))
                .isEqualTo("<details class=\"group\"><summary class=\"line\"><span class=\"said\">A</span></summary>"
                        + line("1") + "</details>" + line("2")
                        + "<details class=\"group\"><summary class=\"line\"><span class=\"said\">B</span></summary>"
                        + line("3") + "</details>"
                        + "<details class=\"group\"><summary class=\"line\"><span class=\"said\">C</span></summary>"
                        + line("4") + "</details>");
    }

    @Test
    void aPieceGoesOnInTheGroupThatAnEarlierOneOpened() {
        LogMarkup first = of(false, "##[group]A", "1");
        LogMarkup second = of(true, "2");
        LogMarkup third = of(true, "3", "##[endgroup]", "4");
        LogMarkup fourth = of(true, "##[endgroup]", "5");

        assertThat(first.inGroup()).isTrue();
        assertThat(HtmlTest.markup(second.markup())).isEqualTo("<div class=\"more\">" + line("2") + "</div>");
        assertThat(second.inGroup()).isTrue();
        assertThat(HtmlTest.markup(third.markup()))
                .isEqualTo("<div class=\"more\">" + line("3") + "</div>" + line("4"));
        assertThat(third.inGroup()).isFalse();
        assertThat(HtmlTest.markup(fourth.markup())).isEqualTo(line("5"));
    }

    @Test
    void coloursOfTerminalsAreShownAndTheirOtherSequencesLeftOut() {
        assertThat(
                        markup(
                                "\u001b[32mgreen\u001b[0m \u001b[1;91m<b>\u001b[m\u001b[2K\u001b]0;title\u0007end\u001b[38;5;1mx"))
                .isEqualTo(line("<span class=\"ansi-green\">green</span> "
                        + "<span class=\"ansi-bold ansi-red\">&lt;b&gt;</span>endx"));
    }
}
