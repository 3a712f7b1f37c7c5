package io.github.batchferry.github;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/** Reads the beginning of a request's body once more; those of this module are in memory and can be read again. */
final class SentBody implements Flow.Subscriber<ByteBuffer> {
    // Mutable state
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    private SentBody() {}

    /** The first 2 KiB as UTF-8. */
    static String of(HttpRequest request) {
        SentBody body = new SentBody();
        request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(body));
        return body.beginning.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        int length = Math.min(bytes.remaining(), WatchedBody.LONGEST_BYTES - beginning.size());
        byte[] some = new byte[length];
        bytes.get(some);
        beginning.writeBytes(some);
    }

    @Override
    public void onError(Throwable failure) {
        // what can be read is told
    }

    @Override
    public void onComplete() {
        // told by whoever asked
    }
}
