package io.github.batchferry.localgithub.graphql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads queries. Types of variables are passed over: the fields look at the values they get. */
final class QueryReader {
    private final QueryTokens tokens;

    private QueryReader(QueryTokens tokens) {
        this.tokens = tokens;
    }

    static Document read(String query) throws GraphException {
        return new QueryReader(new QueryTokens(query)).document();
    }

    private Document document() throws GraphException {
        List<Document.Operation> operations = new ArrayList<>();
        Map<String, Document.Fragment> fragments = new LinkedHashMap<>();
        while (!tokens.atEnd()) {
            if (tokens.skip("fragment")) {
                String name = tokens.name();
                tokens.expect("on");
                fragments.put(name, fragment(tokens.name()));
            } else {
                operations.add(operation());
            }
        }
        if (operations.isEmpty()) {
            throw tokens.unexpected();
        }
        return new Document(operations, fragments);
    }

    private Document.Fragment fragment(String type) throws GraphException {
        directives();
        return new Document.Fragment(type, selections());
    }

    private Document.Operation operation() throws GraphException {
        if (tokens.peek().equals("{")) {
            return new Document.Operation("query", "", Map.of(), selections());
        }
        String kind = tokens.name();
        if (!kind.equals("query") && !kind.equals("mutation")) {
            throw GraphException.syntax("cannot execute a `" + kind + "`: expected a query or a mutation");
        }
        String name = tokens.peek().matches("\\w+") ? tokens.name() : "";
        Map<String, Document.Value> defaults = variables();
        directives();
        return new Document.Operation(kind, name, defaults, selections());
    }

    private Map<String, Document.Value> variables() throws GraphException {
        Map<String, Document.Value> defaults = new LinkedHashMap<>();
        if (tokens.skip("(")) {
            while (!tokens.skip(")")) {
                tokens.expect("$");
                String name = tokens.name();
                tokens.expect(":");
                type();
                if (tokens.skip("=")) {
                    defaults.put(name, value());
                }
            }
        }
        return defaults;
    }

    private void type() throws GraphException {
        if (tokens.skip("[")) {
            type();
            tokens.expect("]");
        } else {
            tokens.name();
        }
        tokens.skip("!");
    }

    private List<Document.Selection> selections() throws GraphException {
        List<Document.Selection> selections = new ArrayList<>();
        tokens.expect("{");
        while (!tokens.skip("}")) {
            selections.add(tokens.skip("...") ? spread() : field());
        }
        return selections;
    }

    private Document.Selection spread() throws GraphException {
        if (tokens.skip("on")) {
            String type = tokens.name();
            List<Document.Directive> directives = directives();
            return new Document.Spread("", new Document.Fragment(type, selections()), directives);
        }
        if (tokens.peek().matches("\\w+")) {
            return new Document.Spread(tokens.name(), null, directives());
        }
        List<Document.Directive> directives = directives();
        return new Document.Spread("", new Document.Fragment("", selections()), directives);
    }

    private Document.Field field() throws GraphException {
        Document.Place place = tokens.place();
        String alias = tokens.name();
        String name = tokens.skip(":") ? tokens.name() : alias;
        Map<String, Document.Value> arguments = arguments();
        List<Document.Directive> directives = directives();
        List<Document.Selection> inner = tokens.peek().equals("{") ? selections() : List.of();
        return new Document.Field(alias, name, arguments, directives, inner, place);
    }

    private List<Document.Directive> directives() throws GraphException {
        List<Document.Directive> directives = new ArrayList<>();
        while (tokens.skip("@")) {
            directives.add(new Document.Directive(tokens.name(), arguments()));
        }
        return directives;
    }

    private Map<String, Document.Value> arguments() throws GraphException {
        return tokens.skip("(") ? entries(")") : Map.of();
    }

    private Map<String, Document.Value> entries(String end) throws GraphException {
        Map<String, Document.Value> entries = new LinkedHashMap<>();
        while (!tokens.skip(end)) {
            String name = tokens.name();
            tokens.expect(":");
            entries.put(name, value());
        }
        return entries;
    }

    private Document.Value value() throws GraphException {
        if (tokens.skip("$")) {
            return new Document.Variable(tokens.name());
        }
        if (tokens.skip("{")) {
            return new Document.Entries(entries("}"));
        }
        if (tokens.skip("[")) {
            List<Document.Value> values = new ArrayList<>();
            while (!tokens.skip("]")) {
                values.add(value());
            }
            return new Document.Items(values);
        }
        return new Document.Constant(tokens.constant());
    }
}
