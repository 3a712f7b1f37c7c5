package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.node.TextNode;

/** A text that functions build, up to the size GitHub allows, as nested calls could double it again and again. */
final class BoundedText {
    /** 10 MB at two bytes for each character. */
    private static final int MOST = 5 * 1024 * 1024;

    // Mutable state
    private final StringBuilder text = new StringBuilder();

    /**
     * Adds to the text.
     *
     * @throws ExpressionException when it gets too long
     */
    BoundedText append(CharSequence more) {
        if (more.length() > MOST - text.length()) {
            throw new ExpressionException(
                    "The maximum allowed memory size was exceeded while evaluating the expression");
        }
        text.append(more);
        return this;
    }

    TextNode toNode() {
        return TextNode.valueOf(text.toString());
    }
}
