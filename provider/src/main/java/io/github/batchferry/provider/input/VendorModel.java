package io.github.batchferry.provider.input;

import java.util.Optional;

/**
 * A model as users write it, with the vendor before the first slash if they like.
 *
 * @param vendor the vendor, if one is named
 * @param model the model
 */
record VendorModel(Optional<String> vendor, String model) {
    /** Reads {@code model} or {@code vendor/model}. */
    static VendorModel parse(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1
                ? new VendorModel(Optional.of(text.substring(0, slash)), text.substring(slash + 1))
                : new VendorModel(Optional.empty(), text);
    }
}
