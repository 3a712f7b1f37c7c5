package io.github.batchferry.runner.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.vendor.Credential;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExchangedCredentialsTest {
    private final List<CompletableFuture<MintedToken>> exchanges = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private ExchangedCredentials source = newSource();

    private ExchangedCredentials newSource() {
        return new ExchangedCredentials(
                () -> {
                    CompletableFuture<MintedToken> started = new CompletableFuture<>();
                    exchanges.add(started);
                    return started;
                },
                () -> now);
    }

    private void after(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private void give(int exchange, String secret, long lifeSeconds) {
        exchanges.get(exchange).complete(new MintedToken(secret, Duration.ofSeconds(lifeSeconds)));
    }

    private void fail(int exchange) {
        exchanges.get(exchange).completeExceptionally(new IOException("no " + exchange));
    }

    private static void holds(CompletableFuture<Optional<Credential>> asked, String secret) {
        assertThat(asked).isCompletedWithValue(Optional.of(new Credential(Credential.Scheme.ACCESS_TOKEN, secret)));
    }

    private void anHourLong() {
        source.current();
        give(0, "first", 3600);
    }

    @Test
    void aLongTokenIsRenewedFiveMinutesBeforeItExpires() {
        anHourLong();

        after(3299);
        holds(source.current(), "first");
        assertThat(exchanges).hasSize(1);
        after(1);
        holds(source.current(), "first");
        assertThat(exchanges).hasSize(2);
        give(1, "second", 3600);
        holds(source.current(), "second");
    }

    @Test
    void aFailedEarlyRenewalHurtsNobodyAndIsTriedAgainAfterFiveSeconds() {
        anHourLong();
        after(3300);
        source.current();
        fail(1);

        holds(source.current(), "first");
        after(4);
        holds(source.current(), "first");
        assertThat(exchanges).hasSize(2);
        after(1);
        holds(source.current(), "first");
        assertThat(exchanges).hasSize(3);
        after(200);
        holds(source.current(), "first");
        assertThat(exchanges).as("one at a time").hasSize(3);
    }

    @Test
    void onlyAfterRealExpiryDoCallsWaitAndFail() {
        anHourLong();
        after(3600);
        CompletableFuture<Optional<Credential>> waiting = source.current();
        CompletableFuture<Optional<Credential>> another = source.current();
        assertThat(waiting).isNotDone();
        assertThat(exchanges).hasSize(2);

        fail(1);

        for (CompletableFuture<Optional<Credential>> each : List.of(waiting, another, source.current())) {
            assertThatThrownBy(each::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("no 1");
        }
        assertThat(exchanges).as("no hammering").hasSize(2);
        after(5);
        CompletableFuture<Optional<Credential>> again = source.current();
        give(2, "second", 60);
        holds(again, "second");
    }

    @Test
    void theLifeIsCountedFromWhenItWasAskedFor() {
        source.current();
        after(30);
        give(0, "first", 60);
        after(29);
        holds(source.current(), "first");
        after(1);

        assertThat(source.current()).isNotDone();
    }

    @Test
    void whoGivesUpWaitingTakesTheTokenFromNobody() {
        CompletableFuture<Optional<Credential>> gone = source.current();
        CompletableFuture<Optional<Credential>> stays = source.current();
        gone.cancel(true);
        give(0, "first", 60);

        holds(stays, "first");
    }

    @Test
    void aTokenThatComesAfterTheEndIsForgotten() {
        CompletableFuture<Optional<Credential>> waiting = source.current();
        source.stop();
        give(0, "first", 60);

        assertThat(waiting).isCompletedExceptionally();
        assertThat(source.current()).isCompletedExceptionally();
        assertThat(exchanges).hasSize(1);
    }

    @Test
    void aTokenThatExpiredOnItsWayIsNone() {
        CompletableFuture<Optional<Credential>> waiting = source.current();
        after(60);
        give(0, "late", 60);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anExchangeThatStumblesIsAnIoErrorToo() {
        source.current();
        exchanges.get(0).completeExceptionally(new IllegalStateException("odd"));

        assertThatThrownBy(() -> source.current().get())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("odd");
    }

    /** Steps of 0 to 39 s; after each, the exchange under way fails, stays open, or gives a token for 20 s. */
    @Property
    void nobodyEverGetsAnExpiredTokenAndTwoExchangesNeverRun(
            @ForAll @Size(max = 60) List<@IntRange(max = 39) Integer> steps) {
        source = newSource();
        exchanges.clear();
        Instant validUntil = now;
        Instant begunAt = now;
        for (int step : steps) {
            after(step);
            int before = exchanges.size();
            CompletableFuture<Optional<Credential>> asked = source.current();
            begunAt = exchanges.size() > before ? now : begunAt;
            assertThat(exchanges.stream().filter(each -> !each.isDone()).count())
                    .isLessThanOrEqualTo(1);
            boolean given = asked.isDone() && !asked.isCompletedExceptionally();
            assertThat(given).isEqualTo(now.isBefore(validUntil));
            int last = exchanges.size() - 1;
            if (exchanges.isEmpty() || exchanges.get(last).isDone() || step % 3 == 0) {
                continue;
            }
            if (step % 3 == 1) {
                fail(last);
            } else {
                give(last, "t" + last, 20);
                validUntil = begunAt.plusSeconds(20);
            }
        }
    }
}
