package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.LogMarkup;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The logs of steps, in pieces that a page can hold. */
final class StepLogs {
    /** A page shows this many bytes at the end of a log; who wants more downloads it. */
    private static final int LONGEST = 512 << 10;

    private final StateDirectory directory;

    StepLogs(StateDirectory directory) {
        this.directory = directory;
    }

    /**
     * The lines of a step's log from a place on.
     *
     * @param from bytes of the log that are there already; -1 for a piece at the end of it
     * @param inGroup whether the last line that is there belongs to a group
     */
    Html piece(RunRecord run, JobRecord job, int step, long from, boolean inGroup) throws IOException {
        JobLogs logs = directory.logs(run.id(), job);
        long start = from >= 0 ? from : Math.max(0, logs.size(step) - LONGEST);
        byte[] bytes;
        try (InputStream in = logs.open(step, start)) {
            bytes = in.readNBytes(LONGEST);
        }
        boolean cut = from < 0 && start > 0;
        int begin = cut ? after('\n', bytes, 0) : 0;
        int end = job.over() && bytes.length < LONGEST ? bytes.length : afterLast('\n', bytes);
        LogMarkup markup = new LogMarkup(inGroup);
        if (end > begin) {
            new String(bytes, begin, end - begin, StandardCharsets.UTF_8)
                    .lines()
                    .forEach(markup::add);
        }
        Html lines = markup.markup();
        return tag(
                "div",
                css("log"),
                attr("data-next", "" + (start + Math.max(begin, end))),
                attr("data-group", "" + markup.inGroup()),
                cut ? tag("p", css("empty"), text("Earlier lines are left out; the download has them.")) : Html.NOTHING,
                all(lines));
    }

    private static int after(char wanted, byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private static int afterLast(char wanted, byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == wanted) {
                return i;
            }
        }
        return 0;
    }

    /** The whole log of a job as it is now, to be kept as a file. */
    Response whole(RunRecord run, JobRecord job) throws IOException, ApiException {
        JobLogs logs = directory.logs(run.id(), job);
        if (logs.steps().isEmpty()) {
            throw ApiException.notFound();
        }
        long size = logs.size();
        return Response.bytes("text/plain; charset=utf-8", size, () -> new FirstBytes(logs.open(), size))
                .with("Content-Disposition", "attachment; filename=\"job-" + job.id() + ".txt\"");
    }
}
