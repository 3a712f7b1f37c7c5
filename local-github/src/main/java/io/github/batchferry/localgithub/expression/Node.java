package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A parsed expression or a part of one. Parentheses leave no trace. */
sealed interface Node {
    /** Operands, in the order in which they stand. */
    List<Node> children();

    /** A constant. */
    record Literal(JsonNode value) implements Node {
        @Override
        public List<Node> children() {
            return List.of();
        }
    }

    /** A context by its name in lower case. */
    record Context(String name) implements Node {
        @Override
        public List<Node> children() {
            return List.of();
        }
    }

    /** A property or an item: {@code target.key}, {@code target[key]}. */
    record Index(Node target, Node key) implements Node {
        @Override
        public List<Node> children() {
            return List.of(target, key);
        }
    }

    /** All values of an object or an array: {@code target.*}. */
    record Star(Node target) implements Node {
        @Override
        public List<Node> children() {
            return List.of(target);
        }
    }

    /** The opposite of an operand's truth. */
    record Not(Node operand) implements Node {
        @Override
        public List<Node> children() {
            return List.of(operand);
        }
    }

    /** Two operands compared. */
    record Comparison(Operator operator, Node left, Node right) implements Node {
        @Override
        public List<Node> children() {
            return List.of(left, right);
        }
    }

    /** A chain of {@code &&} or of {@code ||}. */
    record Logical(Operator operator, List<Node> children) implements Node {
        public Logical {
            children = List.copyOf(children);
        }
    }

    /** A function called. */
    record Call(Function function, List<Node> children) implements Node {
        public Call {
            children = List.copyOf(children);
        }
    }
}
