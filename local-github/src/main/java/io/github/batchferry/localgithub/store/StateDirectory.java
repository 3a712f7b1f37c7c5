package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where everything of an embedded GitHub lives. One place knows the layout:
 *
 * <pre>
 * token                                 the user's token, 0600
 * repositories/OWNER/NAME.git           bare repositories
 * secrets/OWNER/NAME.json               secrets, 0600
 * secrets/OWNER/NAME/ENVIRONMENT.json   secrets of an environment, 0600
 * about/OWNER/NAME/KIND.json            what is kept of a repository beside git: settings, issues …, 0600
 * about/OWNER/NAME/assets/ID            files of releases
 * deleted-runs.json                     the largest numbers that deleted runs had
 * KIND.json                             what is kept of the whole server: its key for tokens, Apps, 0600
 * runs/ID/run.json                      record of a run
 * runs/ID/run.changes                   what changed of its jobs since that was written
 * runs/ID/event.json                    its event
 * runs/ID/reviews.json                  what was decided about its deployments
 * runs/ID/workspaces/JOB/               GITHUB_WORKSPACE of a job, kept over attempts
 * runs/ID/attempt-N/job-ID/summary.md   summary of a job, kept
 * runs/ID/attempt-N/job-ID/steps/NNN.txt  log of a step, kept
 * runs/ID/attempt-N/job-ID/temp/        RUNNER_TEMP, removed when the job is over
 * artifacts/ID.json, ID.zip             artifacts of runs; last-id is the largest id ever given
 * tools/                                RUNNER_TOOL_CACHE of all jobs
 * spool/                                bodies of pushes while they arrive
 * </pre>
 *
 * @param root the directory
 */
public record StateDirectory(Path root) {
    /** Makes the path absolute; nothing is created yet. */
    public StateDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Creates the directory if it is missing, for its owner only. It keeps itself out of git: it may lie in somebody's
     * checkout, and it holds secrets.
     */
    public void create() throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // One that was there may be open to others, and nearly everything below goes by the umask.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
    }

    /** Creates the folders in it and empties the spool; only for the holder of the lock. */
    public void prepare() throws IOException {
        delete(spool());
        for (Path directory : List.of(repositories(), secrets(), runs(), artifacts(), spool())) {
            Files.createDirectories(directory);
        }
    }

    /** When the user's token was made, which is when this began to be used. */
    public Instant since() throws IOException {
        return Files.getLastModifiedTime(token()).toInstant();
    }

    Path token() {
        return root.resolve("token");
    }

    /** Folder of all repositories. */
    public Path repositories() {
        return root.resolve("repositories");
    }

    /** The bare repository of a name. */
    public Path repository(RepositoryName name) {
        return repositories().resolve(name.owner()).resolve(name.name() + ".git");
    }

    /** The names of all repositories, sorted. */
    public List<RepositoryName> repositoryNames() throws IOException {
        List<RepositoryName> names = new ArrayList<>();
        for (Path owner : children(repositories())) {
            for (Path folder : children(owner)) {
                String name = folder.getFileName().toString();
                if (name.endsWith(".git")) {
                    names.add(new RepositoryName(
                            owner.getFileName().toString(), name.substring(0, name.length() - ".git".length())));
                }
            }
        }
        return names;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    /** Removes a repository, its secrets and its documents. Killed in between, what is left belongs to nothing. */
    public void forget(RepositoryName name) throws IOException {
        Path repository = repository(name);
        Path beside = repository.resolveSibling(name.name() + ".deleted");
        delete(beside);
        delete(document(name, "settings").getParent());
        delete(secrets(name));
        delete(secrets().resolve(name.owner()).resolve(name.name()));
        if (Files.exists(repository)) {
            Files.move(repository, beside, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(beside);
    }

    private Path secrets() {
        return root.resolve("secrets");
    }

    Path secrets(RepositoryName name) {
        return secrets().resolve(name.owner()).resolve(name.name() + ".json");
    }

    Path secrets(RepositoryName name, String environment) {
        // Any text may be a name; the whole digest, so that no other name ever leads to the same secrets.
        String file = StableId.digest(environment.toLowerCase(Locale.ROOT));
        return secrets().resolve(name.owner()).resolve(name.name()).resolve(file + ".json");
    }

    Path document(RepositoryName name, String kind) {
        return root.resolve("about").resolve(name.owner()).resolve(name.name()).resolve(kind + ".json");
    }

    /** Folder of the files that belong to the releases of a repository; it goes with the repository. */
    public Path assets(RepositoryName name) {
        return document(name, "releases").resolveSibling("assets");
    }

    Path document(String kind) {
        return root.resolve(kind + ".json");
    }

    Path runs() {
        return root.resolve("runs");
    }

    Path deletedRuns() {
        return root.resolve("deleted-runs.json");
    }

    /** Folder of a run. */
    public Path run(long id) {
        return runs().resolve(Long.toString(id));
    }

    /** Folder of an attempt of a run. */
    public Path attempt(long id, int attempt) {
        return run(id).resolve("attempt-" + attempt);
    }

    /** Folder of a job. */
    public Path job(long run, JobRecord job) {
        return attempt(run, job.attempt()).resolve("job-" + job.id());
    }

    /** Log of a job. */
    public JobLogs logs(long run, JobRecord job) {
        return new JobLogs(job(run, job).resolve("steps"));
    }

    /** Summary of a job. */
    public Path summary(long run, JobRecord job) {
        return job(run, job).resolve("summary.md");
    }

    /** {@code RUNNER_TEMP} of a job. */
    public Path temp(long run, JobRecord job) {
        return job(run, job).resolve("temp");
    }

    /** Folder of the workspaces of a run's jobs. */
    public Path workspaces(long run) {
        return run(run).resolve("workspaces");
    }

    /** The working directory of a job's steps; the same for the job of the same key in a later attempt. */
    public Path workspace(long run, JobRecord job) {
        return workspaces(run).resolve(job.key().replaceAll("[/#]", "."));
    }

    Path reviews(long id) {
        return run(id).resolve("reviews.json");
    }

    /** The event that a run was started by. */
    public Path event(long id) {
        return run(id).resolve("event.json");
    }

    /** Folder where jobs keep tools for later jobs. */
    public Path tools() {
        return root.resolve("tools");
    }

    /** Folder of the artifacts of all runs. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }

    /** Folder for request bodies on their way. */
    public Path spool() {
        return root.resolve("spool");
    }

    /**
     * Removes a file or a folder with all it holds, without following links; nothing there is fine. Folders that their
     * owner may not write, as some tools leave their caches, are opened first.
     */
    public static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
