package io.github.batchferry.localgithub.graphql;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A type of objects with their fields. Built once, then only read.
 *
 * @param <S> what stands for such an object while a query is executed
 */
public final class GraphType<S> {
    private final String name;
    private final Set<String> interfaces;
    private final Set<String> members;

    // Mutable state, while it is built
    private final Map<String, GraphField<S>> fields = new LinkedHashMap<>();

    /**
     * A field of a type.
     *
     * @param type name of the type of its objects; empty if its values are texts, numbers, truth values or lists of such
     */
    public record GraphField<S>(String type, Resolver<S> resolver) {}

    /** Finds the value of a field: null, a scalar, an object that stands for one of the field's type, or a list. */
    @FunctionalInterface
    public interface Resolver<S> {
        Object resolve(S source, Arguments arguments, Caller caller) throws IOException, GraphException, ApiException;
    }

    /** Finds the objects of a field that is a list. */
    @FunctionalInterface
    public interface ListResolver<S> {
        List<?> resolve(S source, Arguments arguments, Caller caller) throws IOException, GraphException, ApiException;
    }

    /** Finds the value of a field that takes no arguments. */
    @FunctionalInterface
    public interface Getter<S> {
        Object get(S source) throws IOException;
    }

    /** @param interfaces other names by which queries may speak of it */
    public GraphType(String name, String... interfaces) {
        this(name, Set.of(interfaces), Set.of());
    }

    private GraphType(String name, Set<String> interfaces, Set<String> members) {
        this.name = name;
        this.interfaces = interfaces;
        this.members = members;
    }

    /** A type whose objects are of one of several others; they are given as {@link Member}. */
    public static GraphType<Member> union(String name, String... members) {
        return new GraphType<>(name, Set.of(), Set.of(members));
    }

    /**
     * An object of a type that is one of several.
     *
     * @param type name of its own type
     * @param source what stands for it
     */
    public record Member(String type, Object source) {}

    public String name() {
        return name;
    }

    /** Adds a field without arguments whose values are no objects. */
    public GraphType<S> value(String field, Getter<S> getter) {
        return field(field, "", (source, arguments, caller) -> getter.get(source));
    }

    /** Adds a field that is always the same. */
    public GraphType<S> constant(String field, Object value) {
        return value(field, source -> value);
    }

    /** Adds a field of objects without arguments. */
    public GraphType<S> object(String field, String type, Getter<S> getter) {
        return field(field, type, (source, arguments, caller) -> getter.get(source));
    }

    /** Adds a field whose objects are a list, of which queries take parts. */
    public GraphType<S> list(String field, String type, ListResolver<S> resolver) {
        return field(
                field,
                type + "Connection",
                (source, arguments, caller) -> Connection.of(resolver.resolve(source, arguments, caller), arguments));
    }

    /** Adds a field. */
    public GraphType<S> field(String field, String type, Resolver<S> resolver) {
        fields.put(field, new GraphField<>(type, resolver));
        return this;
    }

    Map<String, GraphField<S>> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** Whether its objects may be of another type. */
    boolean mayBe(String type) {
        return members.contains(type);
    }

    /** Whether a fragment on a type is about this one. */
    boolean is(String type) {
        return type.isEmpty() || name.equals(type) || interfaces.contains(type);
    }
}
