package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.flag;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HtmlTest {
    static String markup(Html html) {
        return new String(html.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aTextCannotBecomeMarkup() {
        Html hostile = tag("p", attr("title", "\" onclick='x' <"), text("</p><script>x&y</script>"));

        assertThat(markup(hostile))
                .isEqualTo("<p title=\"&quot; onclick=&#39;x&#39; &lt;\">"
                        + "&lt;/p&gt;&lt;script&gt;x&amp;y&lt;/script&gt;</p>");
    }

    @Test
    void charactersThatNoPageMayHoldAreReplaced() {
        assertThat(markup(text("a\0b\u001bc\td\ne"))).isEqualTo("a\ufffdb\ufffdc\td\ne");
    }

    @Test
    void elementsHaveAttributesContentAndAnEndWhereTheyMayHaveOne() {
        assertThat(markup(tag("option", text("x"), flag("selected")))).isEqualTo("<option selected>x</option>");
        assertThat(markup(tag("input", attr("name", "a")))).isEqualTo("<input name=\"a\">");
        assertThat(markup(tag("svg", tag("path", attr("d", "M1 1"))))).isEqualTo("<svg><path d=\"M1 1\"></path></svg>");
        assertThat(markup(name("\u202egpj.exe"))).isEqualTo("<bdi>\u202egpj.exe</bdi>");
    }
}
