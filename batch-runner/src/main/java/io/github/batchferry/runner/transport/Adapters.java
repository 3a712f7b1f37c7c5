package io.github.batchferry.runner.transport;

import io.github.batchferry.runner.vendor.VendorAdapter;
import io.github.batchferry.wire.config.NearestName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The vendor adapters of this program, by kind. */
public final class Adapters {
    private final Map<String, VendorAdapter> byKind = new TreeMap<>();

    /** @throws IllegalArgumentException if two adapters claim the same kind */
    public Adapters(Iterable<VendorAdapter> adapters) {
        for (VendorAdapter adapter : adapters) {
            if (byKind.putIfAbsent(adapter.kind(), adapter) != null) {
                throw new IllegalArgumentException("two adapters claim the kind `" + adapter.kind() + "`");
            }
        }
    }

    /** Those on the class path, declared in {@code META-INF/services}. */
    public static Adapters installed() {
        return new Adapters(ServiceLoader.load(VendorAdapter.class));
    }

    /** The adapter of a kind. */
    public Optional<VendorAdapter> find(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** What is wrong with a kind that has no adapter, in words. */
    public String unknown(String kind) {
        Collection<String> kinds = byKind.keySet();
        return "unknown kind `" + kind + "`" + NearestName.suggestion(kind, kinds) + "; this batch runner speaks: "
                + String.join(", ", kinds);
    }
}
