package io.github.batchferry.runner.vendor;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Flow;

/** Requests, answers and vendors for tests of adapters. */
public final class TestCalls {
    private TestCalls() {}

    /** A vendor whose entry has some further lines. */
    public static VendorConfig vendor(String kind, String... lines) {
        String yaml = "vendors:\n  - name: v\n    kind: " + kind + "\n    models: [\"*\"]\n    "
                + String.join("\n    ", lines) + "\n";
        try {
            return VendorsParser.parse("vendors.yaml", yaml).vendors().get(0);
        } catch (InvalidInputException e) {
            throw new AssertionError(e);
        }
    }

    public static RequestLine request(String url, String body) {
        try {
            return RequestLineComposer.compose(
                    new CustomId("r"),
                    new EndpointPath(url),
                    Optional.empty(),
                    RawJson.parse(body.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    /** An answer with headers, each name followed by its value. */
    public static VendorAnswer answer(int status, String body, String... headers) {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new VendorAnswer(
                status, HttpHeaders.of(all, (name, value) -> true), body.getBytes(StandardCharsets.UTF_8));
    }

    /** What an HTTP request would send as its body. */
    public static String body(HttpRequest request) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer item) {
                byte[] bytes = new byte[item.remaining()];
                item.get(bytes);
                sent.writeBytes(bytes);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {}
        });
        return sent.toString(StandardCharsets.UTF_8);
    }
}
