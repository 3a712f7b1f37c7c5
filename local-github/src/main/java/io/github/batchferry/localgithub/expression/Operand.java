package io.github.batchferry.localgithub.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of an expression while it is parsed.
 *
 * @param depth levels of its tree, 1 for a literal; kept here as a tree may be too deep to walk
 */
record Operand(Node node, int depth) {
    static Operand leaf(Node node) {
        return new Operand(node, 1);
    }

    static Operand not(Operand operand) {
        return new Operand(new Node.Not(operand.node), operand.depth + 1);
    }

    static Operand index(Operand target, Operand key) {
        return new Operand(new Node.Index(target.node, key.node), 1 + Math.max(target.depth, key.depth));
    }

    static Operand star(Operand target) {
        return new Operand(new Node.Star(target.node), target.depth + 1);
    }

    static Operand call(Function function, List<Operand> arguments) {
        int depth = arguments.stream().mapToInt(Operand::depth).max().orElse(0);
        return new Operand(
                new Node.Call(function, arguments.stream().map(Operand::node).toList()), depth + 1);
    }

    static Operand binary(Operator operator, Operand left, Operand right) {
        if (!operator.isLogical()) {
            return new Operand(
                    new Node.Comparison(operator, left.node, right.node), 1 + Math.max(left.depth, right.depth));
        }
        List<Node> chain = new ArrayList<>(left.linksOf(operator));
        chain.addAll(right.linksOf(operator));
        int depth = Math.max(left.depthInChain(operator), right.depthInChain(operator));
        return new Operand(new Node.Logical(operator, chain), depth);
    }

    /** A chain goes on in a longer one of the same operator, which makes that no deeper. */
    private List<Node> linksOf(Operator operator) {
        return isChainOf(operator) ? node.children() : List.of(node);
    }

    private int depthInChain(Operator operator) {
        return isChainOf(operator) ? depth : depth + 1;
    }

    private boolean isChainOf(Operator operator) {
        return node instanceof Node.Logical logical && logical.operator() == operator;
    }
}
