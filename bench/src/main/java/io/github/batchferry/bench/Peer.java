package io.github.batchferry.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another program that can ask a vendor many things. */
interface Peer {
    /** Its name and version. */
    String subject();

    /** Writes what it reads into a folder, in which it will run; returns its command. */
    List<String> prepare(Path folder, URI vendor, Requests requests, int concurrency) throws IOException;

    /** Its variables. */
    Map<String, String> environment(Path folder);
}
