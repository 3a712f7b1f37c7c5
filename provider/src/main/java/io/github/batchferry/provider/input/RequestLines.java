package io.github.batchferry.provider.input;

import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of an input, whichever way they are put together. */
interface RequestLines {
    /**
     * The next line, or empty at the end.
     *
     * @throws io.github.batchferry.wire.json.LineTooLongException if it is too long to be read
     * @throws BrokenDocumentException if what is around the lines is broken
     */
    Optional<JsonlLine> next() throws IOException;

    /** Where a path of the last line is in the file. */
    default String place(String path) {
        return path;
    }

    /** Recognises a document {@code {"requests":[…]}}; anything else is JSONL. */
    static RequestLines of(InputStream content) throws IOException {
        Optional<RequestsDocument> document = RequestsDocument.recognise(content);
        if (document.isPresent()) {
            return document.get();
        }
        return new JsonlReader(content)::next;
    }
}
