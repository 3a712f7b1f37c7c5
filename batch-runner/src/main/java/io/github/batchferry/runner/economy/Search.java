package io.github.batchferry.runner.economy;

/** What a look for a part whose submission was not answered found at the vendor. */
sealed interface Search {
    /** The vendor has it, under this id. */
    record Found(String vendorBatch) implements Search {}

    /** The vendor does not show it, now. */
    record Absent() implements Search {}

    /** It may be there; for people, why that cannot be told yet. */
    record Unsure(String reason) implements Search {
        static Unsure ofMoreThan(int looked) {
            return new Unsure(
                    "the vendor has more batches since then than the " + looked + " that were looked through");
        }
    }
}
