package io.github.batchferry.git;

import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectoryPackParser;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.internal.storage.file.WindowCache;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.DepthWalk;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.BasePackPushConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/** The parts of JGit that a fetch needs, then those of a push: finding and checking their classes takes a third of a second. */
final class GitClasses {
    private static final List<Class<?>> NEEDED = List.of(
            ObjectChecker.class,
            FileBasedConfig.class,
            JGitText.class,
            WindowCache.class,
            FileRepositoryBuilder.class,
            FileRepository.class,
            RefDirectory.class,
            ServerHttp.class,
            Transport.class,
            TransportHttp.class,
            BasePackFetchConnection.class,
            RevWalk.class,
            ObjectWalk.class,
            RepositoryCache.class,
            ObjectDirectoryPackParser.class,
            DirCache.class,
            TreeFormatter.class,
            CommitBuilder.class,
            BasePackPushConnection.class,
            PushResult.class,
            PackWriter.class,
            DepthWalk.class);

    private GitClasses() {}

    /** Loads and initializes them. */
    static void load() {
        IsolatedSystemReader.install();
        for (Class<?> needed : NEEDED) {
            try {
                Class.forName(needed.getName(), true, GitClasses.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError("the class was found a moment ago", e);
            }
        }
    }
}
