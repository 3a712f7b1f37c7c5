package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.PromptsArtifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The step serialize: requests as gzip small enough to travel inside the dispatch. */
final class InlineRequests {
    private static final int BUFFER_BYTES = 8 * 1024;

    private InlineRequests() {}

    /** The compressed requests, or empty as soon as they are seen to be too large. */
    static Optional<PromptsArtifact.Inline> of(Path requests) throws IOException {
        Capped compressed = new Capped();
        try (OutputStream gzip = new SmallestGzip(compressed)) {
            Files.copy(requests, gzip);
        } catch (TooLarge e) {
            return Optional.empty();
        }
        return Optional.of(new PromptsArtifact.Inline(compressed.bytes.toByteArray()));
    }

    /** Takes the time to compress best: what fits here needs no branch, and is small. */
    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes as many bytes as travel inline and refuses the next. */
    private static final class Capped extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            if (bytes.size() + length > PromptsArtifact.MAX_INLINE_BYTES) {
                throw new TooLarge();
            }
            bytes.write(b, offset, length);
        }
    }
}
