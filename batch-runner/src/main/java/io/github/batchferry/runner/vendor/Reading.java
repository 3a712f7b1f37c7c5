package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.TokenUsage;
import java.util.Objects;
import java.util.Optional;

/**
 * What an answer means.
 *
 * @param verdict what to do with the request now
 * @param requestId the vendor's own name of the call
 * @param text the completion, where there is one
 * @param usage tokens, where the vendor reports them
 * @param model the model that answered, where the vendor names one; it may be another than was asked for
 */
public record Reading(
        Verdict verdict,
        Optional<String> requestId,
        Optional<String> text,
        Optional<TokenUsage> usage,
        Optional<String> model) {
    public Reading {
        Objects.requireNonNull(verdict, "verdict is null");
        Objects.requireNonNull(requestId, "requestId is null");
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(usage, "usage is null");
        Objects.requireNonNull(model, "model is null");
    }

    /** A reading of an answer that does not name its model. */
    public Reading(Verdict verdict, Optional<String> requestId, Optional<String> text, Optional<TokenUsage> usage) {
        this(verdict, requestId, text, usage, Optional.empty());
    }

    /** A reading of an answer that holds neither text nor usage. */
    public static Reading of(Verdict verdict, Optional<String> requestId) {
        return new Reading(verdict, requestId, Optional.empty(), Optional.empty());
    }
}
