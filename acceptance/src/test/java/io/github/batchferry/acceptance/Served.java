package io.github.batchferry.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ferry local-github serve} tells its user.
 *
 * @param targets what it prints: a whole targets.yaml
 * @param token what stands in its token file
 */
record Served(String targets, String token) {
    private static final Pattern TOKEN_FILE = Pattern.compile("its token is in (\\S+)");

    /** Waits until it serves. */
    static Served awaitIn(FerryProcess server, Path directory) throws IOException {
        FerryProcess.Result printed = server.awaitOutput("stop it with Ctrl-C").snapshot(-1);
        Matcher tokenFile = TOKEN_FILE.matcher(printed.err());
        if (!tokenFile.find()) {
            throw new AssertionError("no token file is named in " + printed);
        }
        return new Served(
                printed.out(),
                Files.readString(directory.resolve(tokenFile.group(1))).strip());
    }

    String targetName() {
        return value("- name");
    }

    String tokenVariable() {
        return value("token_env");
    }

    URI url() {
        return URI.create(value("api_url"));
    }

    private String value(String key) {
        Matcher line = Pattern.compile("(?m)^\\s*" + key + ": (\\S+)$").matcher(targets);
        if (!line.find()) {
            throw new AssertionError("no " + key + " in " + targets);
        }
        return line.group(1);
    }
}
