package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Makes response lines out of what became of requests. */
final class ResponseAssembly {
    private final BatchId batch;
    private final VendorConfig vendor;
    private final Pricing pricing;

    ResponseAssembly(BatchId batch, VendorConfig vendor, Pricing pricing) {
        this.batch = batch;
        this.vendor = vendor;
        this.pricing = pricing;
    }

    /** The response after the last attempt. */
    ResponseLine after(AttemptResult result, RequestLine request, Ticket ticket, Instant now) {
        Optional<ResponseLine.Failure> failure = failure(result.verdict());
        return new ResponseLine(
                ResponseLine.idFor(batch, request.customId()),
                request.customId(),
                result.answer().map(answer -> answer(answer, result)),
                failure,
                failure.isEmpty() ? ResponseStatus.SUCCEEDED : ResponseStatus.ERRORED,
                result.reading().text(),
                result.reading().usage(),
                cost(result.reading(), request.model()),
                ticket.age(now).toMillis(),
                ticket.attempts(),
                vendor.name(),
                request.model());
    }

    /** By the model that answered: a gateway may have taken another one, at another price. */
    private Optional<BigDecimal> cost(Reading reading, String asked) {
        String answered = reading.model().orElse(asked);
        return reading.usage()
                .flatMap(usage -> pricing.price(vendor, answered, usage)
                        // a version of the model that was asked for
                        .or(() -> answered.startsWith(asked) ? pricing.price(vendor, asked, usage) : Optional.empty()));
    }

    /** The response of a request that gets no further attempt, whatever the vendor might say to it. */
    ResponseLine unanswered(Closing closing, RequestLine request, Ticket ticket, Instant now) {
        return new ResponseLine(
                ResponseLine.idFor(batch, request.customId()),
                request.customId(),
                Optional.empty(),
                Optional.of(closing.reason()),
                closing.status(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ticket.age(now).toMillis(),
                ticket.attempts(),
                vendor.name(),
                request.model());
    }

    private static ResponseLine.Answer answer(VendorAnswer answer, AttemptResult result) {
        return new ResponseLine.Answer(answer.statusCode(), result.reading().requestId(), body(answer.body()));
    }

    /** Byte for byte where it is JSON, else as a JSON string. */
    private static RawJson body(byte[] body) {
        try {
            return RawJson.parse(body);
        } catch (MalformedJsonException e) {
            return RawJson.ofText(new String(body, StandardCharsets.UTF_8));
        }
    }

    private static Optional<ResponseLine.Failure> failure(Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            return Optional.of(new ResponseLine.Failure(refused.code(), refused.message()));
        }
        if (verdict instanceof Verdict.QuotaExhausted quota) {
            return Optional.of(new ResponseLine.Failure(Closing.QUOTA_EXHAUSTED, quota.message()));
        }
        if (verdict instanceof Verdict.TryAgain last) {
            return Optional.of(new ResponseLine.Failure(last.code(), last.message()));
        }
        if (verdict instanceof Verdict.SlowDown last) {
            return Optional.of(new ResponseLine.Failure(Closing.RATE_LIMITED, last.message()));
        }
        return Optional.empty();
    }
}
