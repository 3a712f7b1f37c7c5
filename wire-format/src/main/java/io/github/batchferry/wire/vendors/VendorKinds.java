package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.NearestName;
import io.github.batchferry.wire.problem.Problems;
import java.util.List;

/**
 * The kinds of vendors that every batch runner speaks to. A kind of an adapter that somebody installed beside the batch runner
 * has a dot in its name, such as {@code com.example.models}, so that a misspelt kind is never taken for one.
 */
public final class VendorKinds {
    /** The kinds, in order. */
    public static final List<String> SHIPPED = List.of("anthropic", "azure-openai", "echo", "gemini", "openai");

    private VendorKinds() {}

    /**
     * Notes every vendor whose kind no batch runner will know, for those who cannot ask it.
     *
     * @param file name for messages
     */
    public static void check(VendorsFile vendors, String file, Problems problems) {
        for (VendorConfig vendor : vendors.vendors()) {
            String kind = vendor.kind();
            if (!SHIPPED.contains(kind) && !kind.contains(".")) {
                problems.add(
                        file,
                        0,
                        "$.vendors[" + vendor.name() + "].kind",
                        "unknown kind `" + kind + "`" + NearestName.suggestion(kind, SHIPPED) + "; this client knows: "
                                + String.join(", ", SHIPPED));
            }
        }
    }
}
