package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * All files of a commit in one.
 *
 * @param repository the repository
 * @param commit full name of the commit
 * @param folder that everything lies in, without a slash at its end
 */
public record Archive(HostedRepository repository, String commit, String folder) {
    private interface Sink {
        void file(String path, FileMode mode, ObjectLoader content) throws IOException;
    }

    /** Writes a tar file packed by gzip. */
    public void tarball(OutputStream out) throws IOException {
        RevCommit found = repository.commit(commit);
        GZIPOutputStream packed = new GZIPOutputStream(out);
        TarWriter tar = new TarWriter(packed, found.getCommitTime());
        tar.directory(folder + "/");
        each((path, mode, content) -> {
            if (mode == FileMode.SYMLINK) {
                tar.link(folder + "/" + path, new String(content.getBytes(), StandardCharsets.UTF_8));
            } else {
                tar.file(folder + "/" + path, mode == FileMode.EXECUTABLE_FILE, content.getSize(), content::copyTo);
            }
        });
        tar.end();
        packed.finish();
    }

    /** Writes a zip file. Symbolic links become files that hold their target. */
    public void zipball(OutputStream out) throws IOException {
        long time = repository.commit(commit).getCommitTime() * 1000L;
        ZipOutputStream zip = new ZipOutputStream(out);
        each((path, mode, content) -> {
            ZipEntry entry = new ZipEntry(folder + "/" + path);
            entry.setTime(time);
            zip.putNextEntry(entry);
            content.copyTo(zip);
            zip.closeEntry();
        });
        zip.finish();
    }

    private void each(Sink sink) throws IOException {
        try (ObjectReader reader = repository.git().newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(repository.commit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                FileMode mode = walk.getFileMode(0);
                if (mode.getObjectType() == Constants.OBJ_BLOB) {
                    sink.file(walk.getPathString(), mode, reader.open(walk.getObjectId(0)));
                }
            }
        }
    }
}
