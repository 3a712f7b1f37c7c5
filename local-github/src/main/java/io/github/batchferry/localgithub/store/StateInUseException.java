package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Another embedded GitHub works on the state directory. */
public final class StateInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long holder;

    StateInUseException(Path directory, OptionalLong holder) {
        super("the embedded GitHub in " + directory + " is already running"
                + (holder.isPresent() ? " as process " + holder.getAsLong() : "")
                + "; stop it, or use another state directory");
        this.holder = holder.orElse(0);
    }

    /** The process that holds the directory, if it is known. */
    public OptionalLong holder() {
        return holder == 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }
}
