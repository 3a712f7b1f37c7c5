package io.github.batchferry.localgithub.page.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    private static String markup(String... lines) {
        return HtmlTest.markup(MarkdownText.of(String.join("\n", lines)));
    }

    @Test
    void headingsBeginBelowThoseOfThePage() {
        assertThat(markup("# One #", "###### Six")).isEqualTo("<h3>One</h3><h6>Six</h6>");
    }

    @Test
    void linesBelongToParagraphsListsAndCode() {
        assertThat(markup("a", "b", "", "- x", "- y", "", "1. z", "```js", "<b> *", "```", "c"))
                .isEqualTo("<p>a\nb</p><ul><li>x</li><li>y</li></ul><ol><li>z</li></ol>"
                        + "<pre><code>&lt;b&gt; *</code></pre><p>c</p>");
        assertThat(markup("```", "never closed")).isEqualTo("<pre><code>never closed</code></pre>");
    }

    @Test
    void aTableHasAHeadAndCells() {
        assertThat(markup("| a | b |", "|---|:-:|", "| 1 | x \\| y |", "", "after"))
                .isEqualTo("<div class=\"wide\"><table><thead><tr><th>a</th><th>b</th></tr></thead>"
                        + "<tbody><tr><td>1</td><td>x | y</td></tr></tbody></table></div><p>after</p>");
        assertThat(markup("no | table")).isEqualTo("<p>no | table</p>");
    }

    @Test
    void marksWithinALineAreFollowed() {
        assertThat(markup("`a*b*` **c** *d* 2 * 3 * 4"))
                .isEqualTo("<p><code>a*b*</code> <strong>c</strong> <em>d</em> 2 * 3 * 4</p>");
    }

    @Test
    void onlyLinksToTheWebAreLinks() {
        assertThat(markup("[x](https://a.example/?b=1&c) [y](javascript:alert(1)) <a href=\"z\">"))
                .isEqualTo("<p><a href=\"https://a.example/?b=1&amp;c\" rel=\"noopener noreferrer\">x</a>"
                        + " [y](javascript:alert(1)) &lt;a href=&quot;z&quot;&gt;</p>");
    }

    @Test
    void linesThatBeginEverythingAndEndNothingAreRead() {
        assertThat(markup("|", "-", "#", "*", "`", "[", "~~~")).contains("<p>");
        assertThat(markup("")).isEmpty();
    }
}
