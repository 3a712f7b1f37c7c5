package io.github.batchferry.provider.input;

import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes the requests out of a document {@code {"requests":[{…},{…}]}}, the body of a call of Anthropic's batch API, one by
 * one, however large it is. Looks at the JSON of a request only as far as to find its end. Not thread-safe.
 */
final class RequestsDocument implements RequestLines {
    private static final String START = "{\"requests\":[";

    /** White space between the first tokens: enough for any printer of JSON. */
    private static final int LONGEST_START = 16 * 1024;

    private static final int END = -1;

    private final InputStream in;

    // Mutable state
    private long offset;
    private long line = 1;
    private long index = -1;

    private RequestsDocument(InputStream in) {
        this.in = in;
    }

    /**
     * Looks whether a stream begins as such a document does, and leaves it where it was if not.
     *
     * @param in supports marks
     */
    static Optional<RequestsDocument> recognise(InputStream in) throws IOException {
        in.mark(LONGEST_START);
        RequestsDocument document = new RequestsDocument(in);
        if (document.begins()) {
            return Optional.of(document);
        }
        in.reset();
        return Optional.empty();
    }

    @Override
    public Optional<JsonlLine> next() throws IOException {
        int first = afterSpace();
        if (first == ']') {
            finish();
            return Optional.empty();
        }
        if (index >= 0) {
            if (first != ',') {
                throw broken("expected `,` or `]` after a request", first);
            }
            first = afterSpace();
        }
        if (first == END || first == ']' || first == ',' || first == '}') {
            throw broken("expected a request", first);
        }
        index++;
        return Optional.of(read(first));
    }

    @Override
    public String place(String path) {
        return "$.requests[" + index + "]" + (path.startsWith("$") ? path.substring(1) : "");
    }

    private boolean begins() throws IOException {
        int c = read();
        if (c == 0xEF) { // a byte order mark
            c = read() == 0xBB && read() == 0xBF ? read() : END;
        }
        boolean inString = false;
        for (int i = 0; i < START.length(); i++) {
            while (!inString && isSpace(c) && offset < LONGEST_START) {
                c = read();
            }
            if (c != START.charAt(i)) {
                return false;
            }
            inString ^= c == '"';
            c = i < START.length() - 1 ? read() : c;
        }
        return true;
    }

    private JsonlLine read(int first) throws IOException {
        long startLine = line;
        long start = offset - 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        boolean inString = false;
        boolean escaped = false;
        int depth = 0;
        for (int c = first; ; c = read()) {
            if (c == END) {
                throw broken("expected the rest of a request", c);
            }
            add(bytes, c, startLine);
            if (inString) {
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else {
                inString = c == '"';
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
            if (depth == 0 && !inString && endsHere(c)) {
                byte[] request = RawJson.parseAgain(bytes.toByteArray()).toByteArray();
                return new JsonlLine(startLine, start, request, true);
            }
        }
    }

    /** Texts, objects and arrays show their end themselves; of a number or a word it shows in what follows. */
    private boolean endsHere(int c) throws IOException {
        if (c == '}' || c == ']' || c == '"') {
            return true;
        }
        in.mark(1);
        int following = in.read();
        in.reset();
        return following == END || following == ',' || following == ']' || following == '}' || isSpace(following);
    }

    private void add(ByteArrayOutputStream bytes, int c, long startLine) throws IOException {
        if (bytes.size() == JsonlReader.MAX_LINE_BYTES) {
            throw new BrokenDocumentException(
                    startLine, "longer than " + JsonlReader.MAX_LINE_BYTES + " bytes; not read further");
        }
        bytes.write(c);
    }

    private void finish() throws IOException {
        int closing = afterSpace();
        if (closing != '}') {
            throw broken("expected `}` after the requests", closing);
        }
        int more = afterSpace();
        if (more != END) {
            throw broken("expected the end of the file after the requests", more);
        }
    }

    private BrokenDocumentException broken(String expected, int found) {
        String what = found == END ? "the end of the file" : "`" + (char) found + "`";
        return new BrokenDocumentException(line, "not valid JSON: " + expected + ", found " + what);
    }

    private int afterSpace() throws IOException {
        int c = read();
        while (isSpace(c)) {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        int c = in.read();
        offset++;
        line += c == '\n' ? 1 : 0;
        return c;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
