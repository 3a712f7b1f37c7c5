package io.github.batchferry.mockvendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class HttpRequestPropertyTest {
    @Property
    void aRequestIsReadWhenItIsCompleteAndNotBefore(@ForAll @StringLength(max = 100) String text) {
        byte[] body = text.getBytes(UTF_8);
        byte[] head = ("POST /v1/x HTTP/1.1\r\nHost: a\r\ncOnTent-lEngth: " + body.length + "\r\n\r\n").getBytes(UTF_8);
        byte[] all = new byte[head.length + body.length + 5];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        int end = head.length + body.length;

        for (int length = 0; length < end; length++) {
            assertThat(HttpRequest.read(all, length)).isEmpty();
        }
        Optional<HttpRequest> request = HttpRequest.read(all, all.length);

        assertThat(request).get().extracting(HttpRequest::target).isEqualTo("POST /v1/x");
        assertThat(request).get().extracting(HttpRequest::bodyFrom).isEqualTo(head.length);
        assertThat(request).get().extracting(HttpRequest::bodyTo).isEqualTo(end);
    }

    @Example
    void whatIsNotUnderstoodIsRefused() {
        byte[] chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8);
        byte[] nothing = "hello\r\n\r\n".getBytes(UTF_8);

        assertThatThrownBy(() -> HttpRequest.read(chunked, chunked.length)).hasMessageContaining("Content-Length");
        assertThatThrownBy(() -> HttpRequest.read(nothing, nothing.length)).hasMessageContaining("request line");
    }
}
