package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.MarkdownText;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.Annotation;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an attempt left: annotations, summaries of its jobs, artifacts. */
public final class RunResults {
    private static final int LONGEST_SUMMARY = 1 << 20;

    private final StateDirectory directory;
    private final ArtifactStore artifacts;

    public RunResults(StateDirectory directory, ArtifactStore artifacts) {
        this.directory = directory;
        this.artifacts = artifacts;
    }

    /** Tells whether there is anything new. */
    String shape(RunRecord run, AttemptRecord attempt) throws IOException {
        long annotations = attempt.jobs().stream()
                .mapToLong(job -> job.annotations().size())
                .sum();
        long summaries = 0;
        for (JobRecord job : attempt.jobs()) {
            Path file = directory.summary(run.id(), job);
            summaries += Files.exists(file) ? Files.size(file) : 0;
        }
        return annotations + "/" + summaries + "/" + of(run).size();
    }

    private List<ArtifactRecord> of(RunRecord run) {
        return artifacts.ofRun(run.id());
    }

    /** All there is. */
    Html of(RunRecord run, AttemptRecord attempt, Visit visit) throws IOException {
        return all(annotations(run, attempt), summaries(run, attempt), artifacts(run, visit.now()));
    }

    private static Html annotations(RunRecord run, AttemptRecord attempt) {
        List<Html> rows = new ArrayList<>();
        for (JobRecord job : attempt.jobs()) {
            job.annotations().forEach(annotation -> rows.add(row(run, job, annotation)));
        }
        return rows.isEmpty()
                ? Html.NOTHING
                : tag("section", tag("h2", text("Annotations")), tag("ul", css("rows"), all(rows)));
    }

    private static Html row(RunRecord run, JobRecord job, Annotation annotation) {
        String level = annotation.level() == Annotation.Level.FAILURE
                ? "error"
                : annotation.level().name().toLowerCase(Locale.ROOT);
        Html title = annotation.title() == null ? Html.NOTHING : tag("strong", name(annotation.title()), text(": "));
        boolean inFile = !annotation.path().equals(".github");
        return tag(
                "li",
                css("row annotation"),
                tag("span", css("level level-" + level), text(level)),
                tag(
                        "div",
                        css("row-main"),
                        tag("div", css("said"), title, text(annotation.message())),
                        tag(
                                "div",
                                css("meta"),
                                link(RunPaths.job(run, job), name(job.name())),
                                inFile
                                        ? all(text(", "), name(annotation.path()), text(":" + annotation.startLine()))
                                        : Html.NOTHING)));
    }

    private Html summaries(RunRecord run, AttemptRecord attempt) throws IOException {
        List<Html> summaries = new ArrayList<>();
        for (JobRecord job : attempt.jobs()) {
            Path file = directory.summary(run.id(), job);
            if (Files.isRegularFile(file) && Files.size(file) > 0) {
                summaries.add(tag(
                        "section",
                        css("summary"),
                        tag("h2", name(job.name()), text(" summary")),
                        tag("div", css("markdown"), MarkdownText.of(beginning(file)))));
            }
        }
        return all(summaries);
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_SUMMARY), StandardCharsets.UTF_8);
        }
    }

    private Html artifacts(RunRecord run, Instant now) {
        List<ArtifactRecord> all = of(run);
        if (all.isEmpty()) {
            return Html.NOTHING;
        }
        return tag(
                "section",
                tag("h2", text("Artifacts")),
                tag(
                        "ul",
                        css("rows"),
                        all(all.stream().map(each -> row(run, each, now)).toList())));
    }

    private static Html row(RunRecord run, ArtifactRecord artifact, Instant now) {
        boolean expired = artifact.expired(now);
        String path = RunPaths.run(run) + "/artifacts/" + artifact.id();
        Html title = expired
                ? tag("span", css("title"), name(artifact.name()))
                : tag("a", css("title"), attr("href", path), attr("download", ""), name(artifact.name()));
        return tag(
                "li",
                css("row"),
                tag("div", css("row-main"), title, tag("div", css("meta digest"), text(artifact.digest()))),
                tag("div", css("row-side meta"), text(expired ? "expired" : TimeText.size(artifact.sizeInBytes()))));
    }
}
