package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonlWriter;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A file of responses that grows line by line. */
final class OpenPart {
    private final Path file;
    private final FileOutputStream disk;
    private final JsonlWriter writer;

    OpenPart(Path file) throws IOException {
        this.file = file;
        this.disk = new FileOutputStream(file.toFile());
        this.writer = new JsonlWriter(new BufferedOutputStream(disk));
    }

    long bytes() {
        return writer.bytes();
    }

    long lines() {
        return writer.lines();
    }

    /** Hands one line to the operating system: it survives the death of this process, not that of the machine. */
    void append(byte[] line) throws IOException {
        writer.write(line);
        writer.flush();
    }

    /** Brings the file to the disk itself and closes it. */
    ClosedPart close() throws IOException {
        disk.getFD().sync();
        writer.close();
        BatchSummary.Part part = new BatchSummary.Part(
                file.getFileName().toString(), writer.lines(), writer.bytes(), Sha256.ofRaw(writer.sha256()));
        return new ClosedPart(file, part);
    }
}
