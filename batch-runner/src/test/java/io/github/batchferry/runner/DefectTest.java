package io.github.batchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.DirectVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.echo.EchoAdapter;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch runner, or an adapter, that breaks in the middle of its work. */
@Timeout(30)
class DefectTest {
    @TempDir
    Path folder;

    /** Answers like echo until it is asked for {@code b}. */
    private static final class Breaking implements DirectVendorAdapter {
        private final EchoAdapter echo = new EchoAdapter();

        @Override
        public String kind() {
            return "echo";
        }

        @Override
        public CompletableFuture<VendorAnswer> answer(
                VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
            if (request.customId().value().equals("b")) {
                throw new NoClassDefFoundError("a part of the program is missing");
            }
            return echo.answer(vendor, request, credential);
        }

        @Override
        public Reading read(EndpointPath url, VendorAnswer answer) {
            return echo.read(url, answer);
        }
    }

    @Test
    void whatWasAnsweredBeforeIsPushed() throws Exception {
        TestJob job = new TestJob(folder)
                .adapters(new Adapters(List.of(new Breaking())))
                .vendors("vendors:\n  - name: echo\n    kind: echo\n    models: [\"*\"]\n    max_concurrency: 1\n")
                .requests(List.of(TestJob.echo("a", "first"), TestJob.echo("b", "second")));

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);

        assertThat(job.printed()).contains("defect of the batch runner").contains("a part of the program is missing");
        assertThat(job.responses())
                .extracting(response -> response.customId().value())
                .containsExactly("a");
        assertThat(job.progress().state()).isEqualTo(State.STOPPED);
    }
}
