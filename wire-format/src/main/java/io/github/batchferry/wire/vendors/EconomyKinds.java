package io.github.batchferry.wire.vendors;

import java.util.List;
import java.util.Optional;

/** Which kinds of vendors have a batch API that economy mode knows. Both sides refuse the others in the same words. */
public final class EconomyKinds {
    private static final List<String> KINDS = List.of("anthropic", "openai");

    private EconomyKinds() {}

    /** Why a vendor cannot be asked in economy mode; empty if it can. */
    public static Optional<String> refusal(VendorConfig vendor) {
        return KINDS.contains(vendor.kind())
                ? Optional.empty()
                : Optional.of(
                        "kind `" + vendor.kind() + "` has no batch API that economy mode knows; those that have are "
                                + String.join(" and ", KINDS) + ": send the batch without --economy");
    }
}
