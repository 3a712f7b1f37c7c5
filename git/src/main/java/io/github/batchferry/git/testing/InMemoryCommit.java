package io.github.batchferry.git.testing;

import java.util.Collections;
import java.util.SortedMap;

/** A commit with all files of its tree; the arrays are never handed out. */
record InMemoryCommit(String id, SortedMap<String, byte[]> files, String message) {
    InMemoryCommit {
        files = Collections.unmodifiableSortedMap(files);
    }
}
