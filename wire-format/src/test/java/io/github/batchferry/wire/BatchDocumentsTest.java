package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.json.MalformedJsonException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchDocumentsTest {
    private static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");
    private static final Sha256 DIGEST = Sha256.of(new byte[0]);

    private final BatchManifest manifest = new BatchManifest(
            BATCH, Instant.parse("2026-01-15T09:30:00.5Z"), 5, 700, DIGEST, Optional.of("echo"), "batchferry/0.1.0");

    @Test
    void aManifestReadsBack() throws Exception {
        assertThat(BatchManifest.parse(manifest.toJson().toByteArray())).isEqualTo(manifest);
        assertThat(manifest.toJson().toString())
                .startsWith("{\"schema_version\":1,\"batch_id\":\"20260115-093000-k3p7qa\"");
    }

    @Test
    void aManifestOfALaterSchemaIsRefusedByNumber() {
        String later = manifest.toJson().toString().replace("\"schema_version\":1", "\"schema_version\":3");

        assertThatThrownBy(() -> BatchManifest.parse(later.getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("schema_version is 3, this program reads 1 to 2; update it");
    }

    @Test
    void brokenManifestsSayWhatIsMissing() {
        assertThatThrownBy(() -> BatchManifest.parse("{\"schema_version\":1}".getBytes(UTF_8)))
                .hasMessage("missing $.batch_id, a text was expected");
        assertThatThrownBy(() -> BatchManifest.parse("{".getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> BatchManifest.parse("[]".getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aSummaryReadsBackAndCountsEveryStatus() throws Exception {
        BatchSummary summary = new BatchSummary(
                BATCH,
                DIGEST,
                Map.of(ResponseStatus.SUCCEEDED, 4L, ResponseStatus.ERRORED, 1L),
                List.of(new BatchSummary.Part("responses-000-0000.jsonl", 5, 999, DIGEST)),
                new TokenUsage(10, 20, 1, 2, 3),
                Optional.of(new BigDecimal("0.25")),
                Instant.parse("2026-01-15T09:30:05Z"),
                Instant.parse("2026-01-15T09:31:00.123Z"),
                17,
                2,
                "batch-runner/0.1.0",
                new Accounts(new BigDecimal("10.00"), 1, 2, Optional.of(LocalDate.of(2026, 7, 1))));

        BatchSummary read = BatchSummary.parse(summary.toJson().toByteArray());

        assertThat(read).isEqualTo(summary);
        assertThat(read.total()).isEqualTo(5);
        assertThat(read.count(ResponseStatus.EXPIRED)).isZero();
    }

    @Test
    void aSummaryOfAnOlderRunnerKnowsNothingOfAccounts() throws Exception {
        BatchSummary summary = new BatchSummary(
                BATCH,
                DIGEST,
                Map.of(),
                List.of(),
                TokenUsage.NONE,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                17,
                1,
                "batch-runner/0.1.0");
        String older = summary.toJson().toString().replaceAll("\"cost_known_usd.*?\"started", "\"started");

        assertThat(older).doesNotContain("unknown");
        assertThat(BatchSummary.parse(older.getBytes(UTF_8))).isEqualTo(summary);
    }

    @Property
    void inlineArtifactsReadBack(@ForAll @Size(max = 400) byte[] gzip) {
        PromptsArtifact inline = new PromptsArtifact.Inline(gzip);

        assertThat(PromptsArtifact.parse(inline.toInput())).isEqualTo(inline);
    }

    @Test
    void aLargerInlineArtifactThanTheLargestWouldLeaveNoRoomForTheOtherInputs() {
        // GitHub counts the inputs as one compact JSON object of at most 65,535 characters
        String artifact = new PromptsArtifact.Inline(new byte[PromptsArtifact.MAX_INLINE_BYTES]).toInput();
        String escapedManifest = manifest.toJson().toString().replace("\"", "\\\"");
        String others = "{\"batch_id\":\"" + BATCH + "\",\"prompts_artifact\":\"\",\"manifest\":\"" + escapedManifest
                + "\",\"results_branch\":\"x\"}";

        // between the two, the length of the other inputs decides
        assertThat(artifact.length() + others.length()).isBetween(65_535, 66_500);
    }

    @Test
    void branchArtifactsReadBack() {
        PromptsArtifact branch = new PromptsArtifact.Branch(BATCH, new CommitSha("a".repeat(40)));

        assertThat(branch.toInput()).isEqualTo("branch:eval-batches/20260115-093000-k3p7qa@" + "a".repeat(40));
        assertThat(PromptsArtifact.parse(branch.toInput())).isEqualTo(branch);
    }

    @Test
    void artifactsThatNameAnythingElseAreRefused() {
        for (String input : List.of(
                "",
                "inline:***",
                "branch:main@" + "a".repeat(40),
                "branch:eval-batches/../main@" + "a".repeat(40),
                "branch:eval-batches/20260115-093000-k3p7qa@main",
                "https://evil.example/x")) {
            assertThatThrownBy(() -> PromptsArtifact.parse(input)).as(input).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void namesOfFilesAndBranches() {
        assertThat(BatchFiles.responsesPart(0, 12)).isEqualTo("responses-000-0012.jsonl");
        assertThat(BatchFiles.isResponsesPart(BatchFiles.responsesPart(255, 123_456)))
                .isTrue();
        assertThat(BatchFiles.isResponsesPart("responses-000-0012.jsonl.tmp")).isFalse();
        assertThat(BatchFiles.requestsPart(3)).isEqualTo("requests-0003.jsonl");
        assertThat(BatchFiles.isRequestsPart("requests-0003.jsonl")).isTrue();
        assertThat(BatchFiles.requestsBranch(BATCH)).isEqualTo("eval-batches/20260115-093000-k3p7qa");
        assertThat(BatchFiles.resultsBranch("eval-results", BATCH)).isEqualTo("eval-results/20260115-093000-k3p7qa");
        assertThat(BatchFiles.runName(BATCH)).isEqualTo("llm-batch 20260115-093000-k3p7qa");
    }
}
