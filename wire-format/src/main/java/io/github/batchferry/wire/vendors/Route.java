package io.github.batchferry.wire.vendors;

/** Where a request goes: to a vendor, or nowhere for a reason. */
public sealed interface Route {
    /** The part of a request line that a refusal is about. */
    enum Field {
        VENDOR("$.vendor"),
        MODEL("$.body.model");

        private final String path;

        Field(String path) {
            this.path = path;
        }

        /** JSON path inside the request line. */
        public String path() {
            return path;
        }
    }

    /** The vendor that answers. */
    record To(VendorConfig vendor) implements Route {}

    /** No vendor answers; the reason says what there is instead. */
    record Refused(Field field, String reason) implements Route {}
}
