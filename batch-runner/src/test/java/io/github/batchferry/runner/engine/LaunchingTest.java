package io.github.batchferry.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.vendor.NotSentException;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LaunchingTest {
    /** Lets a few attempts go at once and a few in all. */
    private static final class Scarce implements Launching {
        private final int atOnce;

        // Mutable state
        private int left;
        private int underWay;
        private final List<End> ends = new ArrayList<>();

        Scarce(int atOnce, int inAll) {
            this.atOnce = atOnce;
            this.left = inAll;
        }

        @Override
        public Leave ask(VendorConfig vendor, RequestLine request) {
            if (left == 0) {
                return Leave.NEVER;
            }
            return underWay < atOnce ? Leave.GO : Leave.WAIT;
        }

        @Override
        public void started(VendorConfig vendor, RequestLine request) {
            left--;
            underWay++;
        }

        @Override
        public void ended(RequestLine request, End end) {
            underWay--;
            ends.add(end);
        }

        @Override
        public ResponseLine.Failure reason() {
            return new ResponseLine.Failure("enough", "not sent");
        }
    }

    private static EngineHarness run(Scarce launching, EngineHarness.Script script) {
        return new EngineHarness(10, 2, 8, 3, launching, script).runAll();
    }

    private static Map<ResponseStatus, Long> counts(EngineHarness engine) {
        return engine.responses.stream().collect(Collectors.groupingBy(ResponseLine::status, Collectors.counting()));
    }

    @Test
    void noMoreThanHaveLeaveAreUnderWayAndAllAreAnswered() {
        EngineHarness engine = run(new Scarce(2, 100), (number, attempt) -> EngineHarness.ok());

        assertThat(engine.ending).isCompleted();
        assertThat(engine.mostUnderWay).isEqualTo(2);
        assertThat(counts(engine)).isEqualTo(Map.of(ResponseStatus.SUCCEEDED, 10L));
    }

    @Test
    void whatIsUnderWayIsTakenAndTheRestExpiresWithTheReason() {
        EngineHarness engine = run(new Scarce(3, 4), (number, attempt) -> EngineHarness.ok());

        assertThat(engine.ending).isCompleted();
        assertThat(engine.asked).hasSize(4);
        assertThat(counts(engine)).isEqualTo(Map.of(ResponseStatus.SUCCEEDED, 4L, ResponseStatus.EXPIRED, 6L));
        assertThat(engine.response(9).error()).contains(new ResponseLine.Failure("enough", "not sent"));
        assertThat(engine.response(9).attempts()).isZero();
    }

    @Test
    void everyAttemptAsksForLeaveAndGivesItBack() {
        EngineHarness engine = run(
                new Scarce(1, 100),
                (number, attempt) -> attempt == 1 ? EngineHarness.answer(500, "{}") : EngineHarness.ok());

        assertThat(engine.ending).isCompleted();
        assertThat(engine.mostUnderWay).isEqualTo(1);
        assertThat(counts(engine)).isEqualTo(Map.of(ResponseStatus.SUCCEEDED, 10L));
    }

    @Test
    void anAttemptIsUnansweredUnlessAStatusCameOrNobodyWasReached() {
        List<EngineHarness.Act> attempts = List.of(
                EngineHarness.answer(429, "{}"),
                EngineHarness.answer(500, "{}"),
                EngineHarness.fail(new ConnectException("refused")),
                EngineHarness.fail(new NotSentException(new IOException("no token"))),
                EngineHarness.fail(new IOException("connection reset")),
                EngineHarness.hang(),
                EngineHarness.ok());
        Scarce launching = new Scarce(1, 100);

        EngineHarness engine =
                new EngineHarness(1, 1, 1, 10, launching, (number, attempt) -> attempts.get(attempt - 1)).runAll();

        assertThat(counts(engine)).isEqualTo(Map.of(ResponseStatus.SUCCEEDED, 1L));
        assertThat(launching.ends)
                .containsExactly(
                        Launching.End.SETTLED,
                        Launching.End.SETTLED,
                        Launching.End.SETTLED,
                        Launching.End.SETTLED,
                        Launching.End.UNANSWERED,
                        Launching.End.UNANSWERED,
                        Launching.End.SETTLED);
    }
}
