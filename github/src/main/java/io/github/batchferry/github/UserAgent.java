package io.github.batchferry.github;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The name this program goes by at GitHub. */
final class UserAgent {
    private UserAgent() {}

    /** The form {@code batchferry/<version>}. */
    static String text() {
        Properties properties = new Properties();
        try (InputStream in = UserAgent.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "batchferry/" + properties.getProperty("version");
    }
}
