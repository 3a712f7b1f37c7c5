package io.github.batchferry.runner.publish;

import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.CustomId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Takes over the responses that a killed attempt kept on this machine but did not push. */
public final class Adoption {
    private final ResponseParts parts;
    private final Tally tally;

    /**
     * @param parts where the responses go
     * @param tally counts them
     */
    public Adoption(ResponseParts parts, Tally tally) {
        this.parts = parts;
        this.tally = tally;
    }

    /**
     * Adopts every whole response whose request has none yet.
     *
     * @param answered requests with a response; those adopted are added
     * @return how many were adopted
     */
    public long adopt(WorkDirectory work, Set<CustomId> answered) throws IOException {
        long before = tally.total();
        for (Path file : work.leftOver()) {
            ResponseScan.read(Files.newInputStream(file), (response, line) -> {
                if (answered.add(response.customId())) {
                    parts.append(line);
                    tally.add(response);
                }
            });
        }
        work.forgetLeftOver();
        return tally.total() - before;
    }
}
