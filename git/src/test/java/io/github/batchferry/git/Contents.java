package io.github.batchferry.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Short ways to write and read files of branches in tests. */
final class Contents {
    private Contents() {}

    static BranchFile file(String path, String text) {
        return BranchFile.of(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, String> of(GitRemote remote, BranchName branch) throws GitException, IOException {
        try (BranchSnapshot snapshot = remote.fetch(branch).orElseThrow()) {
            return of(snapshot);
        }
    }

    static Map<String, String> of(BranchSnapshot snapshot) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String path : snapshot.paths()) {
            try (InputStream in = snapshot.open(path)) {
                all.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
