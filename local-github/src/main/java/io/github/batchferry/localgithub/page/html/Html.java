package io.github.batchferry.localgithub.page.html;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A piece of markup. Every text in it is escaped when it is written, so names and logs of others cannot become markup. */
public sealed interface Html extends Part {
    /** Markup without anything. */
    Html NOTHING = new Fragment(List.of());

    /** Writes the markup. */
    void writeTo(StringBuilder out);

    /** The markup as UTF-8. */
    default byte[] bytes() {
        StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A text of anybody. */
    record Text(String value) implements Html {
        @Override
        public void writeTo(StringBuilder out) {
            escape(value, out);
        }
    }

    /** Pieces one after the other. */
    record Fragment(List<Html> pieces) implements Html {
        public Fragment {
            pieces = List.copyOf(pieces);
        }

        @Override
        public void writeTo(StringBuilder out) {
            pieces.forEach(piece -> piece.writeTo(out));
        }
    }

    /** An element. */
    record Element(String name, List<Part> parts) implements Html {
        private static final Set<String> WITHOUT_CONTENT = Set.of("meta", "link", "input");

        public Element {
            parts = List.copyOf(parts);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('<').append(name);
            for (Part part : parts) {
                if (part instanceof Attribute attribute) {
                    attribute.writeTo(out);
                }
            }
            out.append('>');
            for (Part part : parts) {
                if (part instanceof Html content) {
                    content.writeTo(out);
                }
            }
            if (!WITHOUT_CONTENT.contains(name)) {
                out.append("</").append(name).append('>');
            }
        }
    }

    /** An element. */
    static Html tag(String name, Part... parts) {
        return new Element(name, Arrays.asList(parts));
    }

    /** A text. */
    static Html text(String value) {
        return new Text(value);
    }

    /** A name that somebody chose: its direction of writing does not spread to what stands around it. */
    static Html name(String value) {
        return tag("bdi", text(value));
    }

    /** Pieces one after the other. */
    static Html all(Html... pieces) {
        return new Fragment(Arrays.asList(pieces));
    }

    /** Pieces one after the other. */
    static Html all(List<Html> pieces) {
        return new Fragment(pieces);
    }

    /** An attribute. */
    static Attribute attr(String name, String value) {
        return new Attribute(name, value);
    }

    /** An attribute without a value. */
    static Attribute flag(String name) {
        return new Attribute(name, null);
    }

    /** Names of classes. */
    static Attribute css(String names) {
        return attr("class", names);
    }

    /** A link within these pages. */
    static Html link(String path, Html content) {
        return tag("a", attr("href", path), content);
    }

    /** Writes a text so that it stays one, between tags as well as in quotes. */
    static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(each < ' ' && each != '\n' && each != '\t' ? '\ufffd' : each);
            }
        }
    }
}
