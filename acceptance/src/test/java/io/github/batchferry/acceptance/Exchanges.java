package io.github.batchferry.acceptance;

import io.github.batchferry.localgithub.openapi.JudgedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Around every test class, found by JUnit itself: all that was said to an embedded GitHub, in this process or in one of
 * {@link FerryProcess}, is recorded and held against GitHub's description.
 */
public final class Exchanges implements BeforeAllCallback, AfterAllCallback {
    private static final JudgedFolder FOLDER = new JudgedFolder(
            Path.of("target", "exchanges-" + ProcessHandle.current().pid())
                    .toAbsolutePath()
                    .normalize());

    /** Where the test class that runs has its exchanges recorded. That it is there says that they were to be. */
    static Path folder() {
        try {
            return Files.createDirectories(FOLDER.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        FOLDER.remove();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Class<?> test = context.getRequiredTestClass();
        if (Files.exists(FOLDER.path())) {
            // what is wrong stays there, while the next class begins with nothing
            JudgedFolder own = new JudgedFolder(FOLDER.path().resolveSibling("exchanges-of-" + test.getSimpleName()));
            own.remove();
            Files.move(FOLDER.path(), own.path());
            judge(own, test);
        }
    }

    /** Fails for an exchange that GitHub would not have had, and for a class that wanted to record and recorded nothing. */
    static void judge(JudgedFolder folder, Class<?> test) throws IOException {
        boolean silent = test.isAnnotationPresent(SaysNothing.class);
        int count = folder.judge();
        if (silent != (count == 0)) {
            throw new AssertionError(
                    silent
                            ? test.getSimpleName() + " is to say nothing to a GitHub and had " + count + " exchanges"
                            : test.getSimpleName()
                                    + " started ferry and no exchange was recorded, so none was checked");
        }
    }
}
