package io.github.batchferry.localgithub.workflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code uses} of a job: a workflow file to call.
 *
 * @param repository owner and name; empty for the caller's own repository, at the caller's own commit
 * @param path of the file, in {@code .github/workflows}
 * @param ref branch, tag or commit in the other repository; empty in the caller's own
 */
public record WorkflowReference(Optional<String> repository, String path, Optional<String> ref) {
    private static final Pattern OWN = Pattern.compile("\\./(\\.github/workflows/[^/@]+\\.ya?ml)");
    private static final Pattern OTHER =
            Pattern.compile("([A-Za-z0-9-]+/[A-Za-z0-9._-]+)/(\\.github/workflows/[^/@]+\\.ya?ml)@(\\S+)");

    /** Takes the text of {@code uses} apart; empty if it names no workflow file. */
    static Optional<WorkflowReference> parse(String text) {
        Matcher own = OWN.matcher(text);
        if (own.matches()) {
            return Optional.of(new WorkflowReference(Optional.empty(), own.group(1), Optional.empty()));
        }
        Matcher other = OTHER.matcher(text);
        return other.matches()
                ? Optional.of(
                        new WorkflowReference(Optional.of(other.group(1)), other.group(2), Optional.of(other.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return repository.map(name -> name + "/" + path + "@" + ref.orElse("")).orElse("./" + path);
    }
}
