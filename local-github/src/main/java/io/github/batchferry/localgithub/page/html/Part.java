package io.github.batchferry.localgithub.page.html;

/** Something that stands in an element: an attribute of it or content. */
public sealed interface Part permits Html, Part.Attribute {
    /**
     * An attribute.
     *
     * @param name a word of HTML, never a text of others
     * @param value any text; null for an attribute that has none
     */
    record Attribute(String name, String value) implements Part {
        void writeTo(StringBuilder out) {
            out.append(' ').append(name);
            if (value != null) {
                out.append("=\"");
                Html.escape(value, out);
                out.append('"');
            }
        }
    }
}
