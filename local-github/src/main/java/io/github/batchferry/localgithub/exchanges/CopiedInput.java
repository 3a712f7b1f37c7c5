package io.github.batchferry.localgithub.exchanges;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps a copy of what is read. */
final class CopiedInput extends FilterInputStream {
    private final KeptBytes kept;

    CopiedInput(InputStream in, KeptBytes kept) {
        super(in);
        this.kept = kept;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            kept.add(bytes, offset, count);
        }
        return count;
    }
}
