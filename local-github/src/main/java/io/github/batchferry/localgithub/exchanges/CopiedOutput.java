package io.github.batchferry.localgithub.exchanges;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps a copy of what is written. */
final class CopiedOutput extends FilterOutputStream {
    private final KeptBytes kept;

    CopiedOutput(OutputStream out, KeptBytes kept) {
        super(out);
        this.kept = kept;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        kept.add(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        // not the flush of the class above: the server's stream takes none where no body is announced
        out.close();
    }
}
