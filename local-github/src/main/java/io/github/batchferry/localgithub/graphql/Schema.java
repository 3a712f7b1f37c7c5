package io.github.batchferry.localgithub.graphql;

import java.util.LinkedHashMap;
import java.util.Map;

/** The types there are, by name; every query starts at Query or Mutation. Built once, then only read. */
public final class Schema {
    // Mutable state, while it is built
    private final Map<String, GraphType<?>> types = new LinkedHashMap<>();

    public Schema() {
        add(new GraphType<>("Mutation"));
        add(new GraphType<>("Query")
                .field("__type", "__Type", (source, arguments, caller) -> types.get(arguments.needed("name"))));
        add(Connection.pageInfo());
        add(new GraphType<GraphType<?>>("__Type")
                .value("name", GraphType::name)
                .value("kind", type -> "OBJECT")
                .field(
                        "fields",
                        "__Field",
                        (type, arguments, caller) ->
                                type.fields().keySet().stream().toList()));
        add(new GraphType<String>("__Field").value("name", name -> name));
    }

    /** Adds a type. */
    public <S> Schema add(GraphType<S> type) {
        types.put(type.name(), type);
        return this;
    }

    /** Adds a type and those of lists of it. */
    public <S> Schema addWithLists(GraphType<S> type) {
        Connection.types(type.name()).forEach(this::add);
        return add(type);
    }

    /** The type that was added under a name, for more fields; its objects must be what it was made for. */
    @SuppressWarnings("unchecked")
    public <S> GraphType<S> type(String name) {
        return (GraphType<S>) types.get(name);
    }
}
