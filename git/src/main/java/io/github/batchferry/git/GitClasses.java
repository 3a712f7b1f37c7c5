package io.github.batchferry.git;

import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.internal.storage.file.FileRepository;
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

/** The parts of JGit that a look at a branch needs, and those of a push: each takes a sixth of a second to load. */
final class GitClasses {
    private static final List<Class<?>> FETCH = List.of(
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
            BasePackFetchConnection.class);

    private static final List<Class<?>> PUSH = List.of(
            RevWalk.class,
            ObjectWalk.class,
            RepositoryCache.class,
            DirCache.class,
            TreeFormatter.class,
            CommitBuilder.class,
            BasePackPushConnection.class,
            PushResult.class,
            PackWriter.class,
            DepthWalk.class);

    private GitClasses() {}

    /** Loads and initializes what it takes to find a branch. */
    static void loadForFetch() {
        IsolatedSystemReader.install();
        load(FETCH);
    }

    /** Loads and initializes what it takes to commit and push. */
    static void loadForPush() {
        IsolatedSystemReader.install();
        load(PUSH);
    }

    private static void load(List<Class<?>> all) {
        for (Class<?> needed : all) {
            try {
                Class.forName(needed.getName(), true, GitClasses.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError("the class was found a moment ago", e);
            }
        }
    }
}
