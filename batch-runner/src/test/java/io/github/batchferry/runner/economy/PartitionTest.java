package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.requests.RequestIndex;
import io.github.batchferry.runner.transport.ConnectedVendor;
import io.github.batchferry.runner.transport.HttpTransport;
import io.github.batchferry.runner.vendor.CredentialSource;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.openai.OpenAiAdapter;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTest {
    private static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");

    @TempDir
    Path folder;

    private final RequestIndex index = new RequestIndex();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    @Test
    void noBatchOfOpenAiHasMoreThanFiftyThousandRequests() throws Exception {
        for (int i = 0; i <= 50_000; i++) {
            add(line(i, "m", ""));
        }

        assertThat(parts("openai"))
                .extracting(part -> part.requests().toString())
                .containsExactly("0-49999", "50000");
    }

    @Test
    void noBatchOfOpenAiHasMoreThanItsMegabytes() throws Exception {
        String content = "x".repeat(19_000_000);
        for (int i = 0; i < 11; i++) {
            add(line(i, "m", content));
        }

        assertThat(parts("openai"))
                .extracting(part -> part.requests().toString())
                .containsExactly("0-8", "9-10");
    }

    @Test
    void anthropicMixesModelsAndTakesMore() throws Exception {
        for (int i = 0; i <= 50_000; i++) {
            add(line(i, i % 2 == 0 ? "m" : "n", ""));
        }

        assertThat(parts("anthropic"))
                .extracting(part -> part.requests().toString())
                .containsExactly("0-50000");
    }

    @Test
    void numbersFollowThoseOfEarlierRunsAndWhatIsAnsweredIsLeftOut() throws Exception {
        for (int i = 0; i < 4; i++) {
            add(line(i, i < 2 ? "m" : "n", ""));
        }
        BitSet open = new BitSet();
        open.set(1, 4);

        try (RequestFile file = file()) {
            List<Part> parts = new Partition(file, vendors("openai"), 7).of(open);
            assertThat(parts)
                    .extracting(part -> part.number() + ": " + part.requests() + " " + part.vendorBatch())
                    .containsExactly("7: 1 Optional.empty", "8: 2-3 Optional.empty");
        }
    }

    private List<Part> parts(String kind) throws Exception {
        BitSet all = new BitSet();
        all.set(0, index.size());
        try (RequestFile file = file()) {
            return new Partition(file, vendors(kind), 0).of(all);
        }
    }

    private RequestFile file() throws Exception {
        return new RequestFile(Files.write(folder.resolve("requests.jsonl"), lines.toByteArray()), index);
    }

    private static Map<Integer, EconomyVendor> vendors(String kind) throws Exception {
        List<Vendor> vendors = new ArrayList<>();
        VendorsParser.parse("vendors.yaml", "vendors: [{name: v, kind: " + kind + ", models: [\"*\"]}]")
                .vendors()
                .forEach(config -> vendors.add(new ConnectedVendor(
                        config,
                        new OpenAiAdapter(),
                        CredentialSource.fixed(Optional.empty()),
                        HttpTransport.forVendors())));
        Map<Integer, EconomyVendor> places = new HashMap<>();
        EconomyVendor.of(Map.of(0, vendors.get(0)), BATCH, true).values().forEach(v -> places.put(v.place(), v));
        return places;
    }

    private void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        index.add(lines.size(), bytes.length, 0, "m");
        lines.writeBytes(bytes);
        lines.write('\n');
    }

    private static String line(int number, String model, String content) {
        return "{\"custom_id\":\"q" + number + "\",\"method\":\"POST\",\"url\":\"/v1/messages\",\"body\":{\"model\":\""
                + model + "\",\"content\":\"" + content + "\"}}";
    }
}
