package io.github.batchferry.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit away from the configuration of the user and of the system. Those could rewrite addresses, add headers, switch
 * off certificate checks or run hooks; finding them starts a {@code git} process; and JGit measures the file system's
 * clock for seconds and writes the outcome to the home folder.
 *
 * <p>JGit holds this once per JVM, so it counts for everybody who uses JGit in the same JVM. There is no other way: a
 * repository reads the user's configuration while it is opened.
 */
public final class IsolatedSystemReader extends SystemReader.Delegate {
    /** Larger objects are streamed, never held as one array. */
    private static final int STREAMED_FROM_BYTES = 1 << 20;

    private final FileBasedConfig nothing = new Nothing();

    private IsolatedSystemReader(SystemReader delegate) {
        super(delegate);
    }

    /** Puts the isolation in place, once; to be called before anything of JGit is used. */
    public static synchronized void install() {
        SystemReader present = SystemReader.getInstance();
        if (!(present instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(present));
            WindowCacheConfig memory = new WindowCacheConfig();
            memory.setStreamFileThreshold(STREAMED_FROM_BYTES);
            memory.install();
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return nothing;
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return nothing;
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return nothing;
    }

    @Override
    public StoredConfig getUserConfig() {
        return nothing;
    }

    @Override
    public StoredConfig getSystemConfig() {
        return nothing;
    }

    @Override
    public StoredConfig getJGitConfig() {
        return nothing;
    }

    /** A configuration without a file, but with an answer to how coarse file times are. */
    private static final class Nothing extends FileBasedConfig {
        private static final long COARSEST_NANOS = TimeUnit.SECONDS.toNanos(2);

        Nothing() {
            super(null, null, FS.DETECTED);
            // JGit's own SHA-1 looks for forged collisions, which takes as long again: our files have SHA-256 for that
            setString("core", null, "sha1Implementation", "jdkNative");
        }

        /** Any answer keeps JGit from measuring; the coarsest is right on every file system. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem") && name.equals("timestampResolution")
                    ? unit.convert(COARSEST_NANOS, TimeUnit.NANOSECONDS)
                    : otherwise;
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
