package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.RetryHint;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The requests to one model of a vendor on their way. Every method runs on the event loop.
 *
 * <p>INVARIANT: a request taken from the queue is in exactly one place, under way or waiting in the {@link Backlog}, until
 * its response goes to the sink; it never gets two. Before it does, at most as many requests wait for another attempt as may
 * be under way: a broken vendor is not asked everything once.
 */
final class Lane {
    /** Responses made in one go when a lane closes, so that timers and answers come in between. */
    private static final int BURST = 100;

    /** Bound of either part of the {@link TokenNeed} of one request. */
    private static final long MOST_TOKENS = 65_536;

    /** Not in any RFC: Anthropic's status for too much to do, and others took it over. */
    private static final int OVERLOADED = 529;

    /** What a lane reports to. */
    interface Listener {
        void responded(ResponseLine response) throws IOException;

        /** The credential's quota is used up, for all lanes that have it. */
        void quotaExhausted(String message);

        /** An attempt ended, which may have been waited for by those who had no leave. */
        void attemptEnded();

        /** Nothing may be sent any more, by any lane. */
        void launchingOver();

        /** Nothing is left to do, or nothing more will be done after a stop. */
        void laneEnded();

        /** Something that must not happen happened; the engine cannot go on. */
        void broken(Throwable cause);
    }

    private final Vendor vendor;
    private final RateGate gate;
    private final Slots slots;
    private final Launching launching;
    private final Backoff backoff;
    private final EventLoop loop;
    private final Listener listener;
    private final RequestQueue queue;
    private final Backlog backlog;
    private final ResponseAssembly assembly;
    private final UnderWay underWay;
    private final WakeUp wakeUp;

    // Mutable state
    private Optional<Draft> draft = Optional.empty();
    private Optional<Closing> closing = Optional.empty();
    private boolean withoutLeave;
    private boolean stopping;
    private boolean ended;

    /** A request read from disk that waits for the gate; only the first in line is. */
    private record Draft(Ticket ticket, RequestLine request, TokenNeed need) {}

    Lane(
            Vendor vendor,
            LaneSetup setup,
            Slots slots,
            ResponseAssembly assembly,
            Launching launching,
            Backoff backoff,
            EventLoop loop,
            Listener listener) {
        this.vendor = vendor;
        this.gate = setup.gate();
        this.slots = slots;
        this.queue = setup.queue();
        this.backlog = new Backlog(setup.queue(), slots.size());
        this.assembly = assembly;
        this.underWay = new UnderWay(vendor.config().timeout(), loop);
        this.wakeUp = new WakeUp(loop, this::pump);
        this.launching = launching;
        this.backoff = backoff;
        this.loop = loop;
        this.listener = listener;
    }

    /** Sends what may be sent. */
    void pump() {
        guarded(() -> {
            Optional<Closing> reason = closing.or(this::outOfPatience);
            if (reason.isPresent() && !stopping) {
                close(reason.get());
            } else {
                sendWhatMay();
            }
            endIfDone();
        });
    }

    /** Sends nothing more, for ever, and answers all that is not under way with a reason; only the first one counts. */
    void closeFor(Closing reason) {
        closing = closing.or(() -> Optional.of(reason));
        wakeUp.cancel();
        pump();
    }

    /** Sends nothing more; answers under way are still taken. */
    void stop() {
        stopping = true;
        wakeUp.cancel();
        backlog.forgetTimers();
        pump();
    }

    /** Gives up the calls under way. Their requests get no response. */
    void abandon() {
        stopping = true;
        wakeUp.cancel();
        backlog.forgetTimers();
        underWay.abandonAll();
        guarded(this::endIfDone);
    }

    private Optional<Closing> outOfPatience() {
        return gate.hasGivenUp()
                ? Optional.of(Closing.outOfPatience(vendor.config().name()))
                : Optional.empty();
    }

    private void sendWhatMay() throws IOException {
        while (!stopping && backlog.hasNext()) {
            if (!slots.hasFree()) {
                slots.await(this);
                return;
            }
            Draft next = draft();
            Instant now = loop.now();
            RateGate.Admission admission = gate.ask(next.need(), now);
            if (admission instanceof RateGate.Admission.Closed closed) {
                wakeUp.notLaterThan(now.plus(closed.time()));
                return;
            }
            if (admission instanceof RateGate.Admission.Full || !mayLaunch(next.request())) {
                return;
            }
            send(next, now);
        }
    }

    private boolean mayLaunch(RequestLine request) {
        Launching.Leave leave = launching.ask(vendor.config(), request);
        withoutLeave = leave == Launching.Leave.WAIT;
        if (leave == Launching.Leave.NEVER) {
            listener.launchingOver();
        }
        return leave == Launching.Leave.GO;
    }

    /** Goes on if it was waiting for an attempt of any lane to end. */
    void attemptEnded() {
        if (withoutLeave) {
            withoutLeave = false;
            pump();
        }
    }

    private Draft draft() throws IOException {
        Ticket first = backlog.peek();
        if (draft.isEmpty() || draft.get().ticket() != first) {
            RequestLine request = queue.load(first.number());
            TokenNeed need = gate.countsTokens() ? TokenNeed.of(request.body(), MOST_TOKENS) : TokenNeed.NONE;
            draft = Optional.of(new Draft(first, request, need));
        }
        return draft.get();
    }

    private void send(Draft next, Instant now) {
        backlog.next();
        draft = Optional.empty();
        slots.take();
        next.ticket().asked(now);
        launching.started(vendor.config(), next.request());
        RateGate.Departure departure = gate.started(next.need(), now);
        Call call = new Call(next.ticket(), next.request(), now, departure, ask(next.request()));
        underWay.add(call);
        call.answer().whenComplete((answer, failure) -> loop.execute(() -> ended(call, answer, failure)));
    }

    private CompletableFuture<VendorAnswer> ask(RequestLine request) {
        try {
            return vendor.ask(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(Call call, VendorAnswer answer, Throwable failure) {
        guarded(() -> {
            if (underWay.remove(call)) {
                slots.giveBack();
                AttemptResult result = result(call, answer, failure);
                settle(call, result);
                launching.ended(call.request(), result.end());
                slots.wakeNext();
                pump();
                listener.attemptEnded();
            }
        });
    }

    private AttemptResult result(Call call, VendorAnswer answer, Throwable failure) {
        if (failure == null) {
            return AttemptResult.answered(vendor, call.request(), answer);
        }
        return call.isGivenUp() ? AttemptResult.timedOut(vendor.config().timeout()) : AttemptResult.failed(failure);
    }

    private void settle(Call call, AttemptResult result) throws IOException {
        Verdict verdict = result.verdict();
        Instant now = loop.now();
        LimitReport limits = result.answer().map(answer -> limits(answer, now)).orElse(LimitReport.NONE);
        if (verdict instanceof Verdict.SlowDown slow) {
            gate.ended(call.departure(), now, new RateGate.Feedback.Rejected(pause(slow.hint(), now)), limits);
            if (gate.hasGivenUp()) {
                respond(call, result);
            } else {
                backlog.first(call.ticket());
            }
        } else if (verdict instanceof Verdict.TryAgain again) {
            Optional<Duration> pause = pause(again.hint(), now);
            gate.ended(
                    call.departure(),
                    now,
                    isOverloaded(result) ? new RateGate.Feedback.Overloaded(pause) : new RateGate.Feedback.Broken(),
                    limits);
            tryAgain(call, result, pause);
        } else {
            gate.ended(
                    call.departure(),
                    now,
                    new RateGate.Feedback.Answered(result.reading().usage()),
                    limits);
            respond(call, result);
            if (verdict instanceof Verdict.QuotaExhausted quota) {
                listener.quotaExhausted(quota.message());
            }
        }
    }

    /** Headers that an adapter stumbles over must not cost an answer. */
    private LimitReport limits(VendorAnswer answer, Instant now) {
        try {
            return vendor.limits(answer, now);
        } catch (RuntimeException e) {
            return LimitReport.NONE;
        }
    }

    private void tryAgain(Call call, AttemptResult result, Optional<Duration> hint) throws IOException {
        Ticket ticket = call.ticket();
        ticket.broke();
        if (ticket.failures() >= vendor.config().maxAttempts()) {
            respond(call, result);
            return;
        }
        Duration delay = backoff.after(ticket.failures(), hint);
        backlog.later(
                ticket,
                due -> loop.after(
                        delay,
                        () -> guarded(() -> {
                            due.run();
                            pump();
                        })));
    }

    private void respond(Call call, AttemptResult result) throws IOException {
        listener.responded(assembly.after(result, call.request(), call.ticket(), loop.now()));
    }

    private void close(Closing reason) throws IOException {
        backlog.wakeAll();
        for (int i = 0; i < BURST && backlog.hasNext(); i++) {
            Ticket ticket = backlog.next();
            listener.responded(assembly.unanswered(reason, queue.load(ticket.number()), ticket, loop.now()));
        }
        if (backlog.hasNext()) {
            wakeUp.notLaterThan(loop.now());
        }
    }

    private void endIfDone() {
        boolean nothingLeft = stopping || backlog.isEmpty();
        if (!ended && nothingLeft && underWay.isEmpty()) {
            ended = true;
            wakeUp.cancel();
            listener.laneEnded();
        }
    }

    private static Optional<Duration> pause(Optional<RetryHint> hint, Instant now) {
        return hint.map(h -> h.from(now));
    }

    private static boolean isOverloaded(AttemptResult result) {
        return result.answer()
                .filter(answer -> answer.statusCode() == OVERLOADED)
                .isPresent();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** The event loop would swallow what a task throws, and the batch would hang. */
    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            listener.broken(e);
        }
    }
}
