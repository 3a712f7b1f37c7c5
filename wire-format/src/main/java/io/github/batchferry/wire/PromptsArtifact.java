package io.github.batchferry.wire;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the batch runner finds the requests: the workflow input {@code prompts_artifact}. Either way the manifest's SHA-256
 * says what must be found there.
 */
public sealed interface PromptsArtifact {
    /**
     * Bytes of gzip beyond which requests never travel inline: as base64 they leave no room for the other inputs in GitHub's
     * 65,535 characters. Whether fewer do, those inputs decide.
     */
    int MAX_INLINE_BYTES = 49_000;

    /** The wire form. */
    String toInput();

    /**
     * The requests themselves: {@code inline:} and the base64 of the gzip of all request lines.
     *
     * @param gzip compressed request lines
     */
    record Inline(byte[] gzip) implements PromptsArtifact {
        public Inline {
            gzip = gzip.clone();
        }

        @Override
        public String toInput() {
            return "inline:" + Base64.getEncoder().encodeToString(gzip);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inline that && Arrays.equals(gzip, that.gzip);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(gzip);
        }
    }

    /**
     * A commit on the batch's requests branch: {@code branch:eval-batches/<batch-id>@<commit>}.
     *
     * @param batch batch whose {@linkplain BatchFiles#requestsBranch requests branch} it is
     * @param commit the commit that holds the requests
     */
    record Branch(BatchId batch, CommitSha commit) implements PromptsArtifact {
        private static final Pattern FORM = Pattern.compile("branch:eval-batches/([^@]+)@(.+)");

        @Override
        public String toInput() {
            return "branch:" + BatchFiles.requestsBranch(batch) + "@" + commit;
        }
    }

    /**
     * Reads the wire form.
     *
     * @throws InvalidValueException if it is neither of the two
     */
    static PromptsArtifact parse(String input) {
        if (input.startsWith("inline:")) {
            try {
                return new Inline(Base64.getDecoder().decode(input.substring("inline:".length())));
            } catch (IllegalArgumentException e) {
                throw new InvalidValueException("prompts_artifact", input, "base64 after inline:");
            }
        }
        Matcher branch = Branch.FORM.matcher(input);
        if (branch.matches()) {
            return new Branch(new BatchId(branch.group(1)), new CommitSha(branch.group(2)));
        }
        throw new InvalidValueException(
                "prompts_artifact", input, "inline:<base64> or branch:eval-batches/<batch-id>@<commit>");
    }
}
