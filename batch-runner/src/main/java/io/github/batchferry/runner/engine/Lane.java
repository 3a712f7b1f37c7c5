package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.loop.EventLoop;
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
 * One vendor's requests on their way. Every method runs on the event loop.
 *
 * <p>INVARIANT: a request taken from the queue is in exactly one place, under way or waiting in the {@link Backlog}, until
 * its response goes to the sink; it never gets two. Before it does, at most as many requests wait for another attempt as may
 * be under way: a broken vendor is not asked everything once.
 */
final class Lane {
    static final String RATE_LIMITED = "rate_limited";
    static final String QUOTA_EXHAUSTED = "insufficient_quota";

    /** Responses made in one go when a vendor is given up, so that timers and answers come in between. */
    private static final int BURST = 100;

    /** What a lane reports to. */
    interface Listener {
        void responded(ResponseLine response) throws IOException;

        /** Nothing is left to do, or nothing more will be done after a stop. */
        void laneEnded();

        /** Something that must not happen happened; the engine cannot go on. */
        void broken(Throwable cause);
    }

    private final Vendor vendor;
    private final RateGate gate;
    private final Backoff backoff;
    private final EventLoop loop;
    private final Listener listener;
    private final RequestQueue queue;
    private final Backlog backlog;
    private final ResponseAssembly assembly;
    private final UnderWay underWay = new UnderWay();

    // Mutable state
    private Optional<EventLoop.Timer> wakeUp = Optional.empty();
    private boolean stopping;
    private boolean ended;

    Lane(LaneSetup setup, ResponseAssembly assembly, Backoff backoff, EventLoop loop, Listener listener) {
        this.vendor = setup.vendor();
        this.gate = setup.gate();
        this.queue = setup.queue();
        this.backlog = new Backlog(setup.queue(), vendor.config().limits().maxConcurrency());
        this.assembly = assembly;
        this.backoff = backoff;
        this.loop = loop;
        this.listener = listener;
    }

    /** Sends what may be sent. */
    void pump() {
        guarded(() -> {
            wakeUp.ifPresent(EventLoop.Timer::cancel);
            wakeUp = Optional.empty();
            if (gate.hasGivenUp() && !stopping) {
                giveUp();
            } else {
                sendWhatMay();
            }
            endIfDone();
        });
    }

    /** Sends nothing more; answers under way are still taken. */
    void stop() {
        stopping = true;
        backlog.forgetTimers();
        pump();
    }

    /** Gives up the calls under way. Their requests get no response. */
    void abandon() {
        stopping = true;
        backlog.forgetTimers();
        underWay.abandonAll();
        guarded(this::endIfDone);
    }

    private void sendWhatMay() throws IOException {
        while (!stopping && backlog.hasNext()) {
            RateGate.Admission admission = gate.ask(loop.now());
            if (admission instanceof RateGate.Admission.Closed closed) {
                wakeUp = Optional.of(loop.after(closed.time(), this::pump));
                return;
            }
            if (admission instanceof RateGate.Admission.Full) {
                return;
            }
            send(backlog.next(loop.now()));
        }
    }

    private void send(Ticket ticket) throws IOException {
        RequestLine request = queue.load(ticket.number());
        Instant now = loop.now();
        gate.started(now);
        ticket.asked();
        Duration limit = vendor.config().timeout();
        Call call = new Call(ticket, request, now, ask(request));
        call.limit(loop.after(limit, call::giveUp));
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
                settle(call, result(call, answer, failure));
                pump();
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
        if (verdict instanceof Verdict.SlowDown slow) {
            gate.ended(call.startedAt(), now, new RateGate.Feedback.Rejected(pause(slow.hint(), now)));
            if (gate.hasGivenUp()) {
                respond(call, result);
            } else {
                backlog.first(call.ticket());
            }
        } else if (verdict instanceof Verdict.TryAgain again) {
            Optional<Duration> pause = pause(again.hint(), now);
            gate.ended(call.startedAt(), now, new RateGate.Feedback.Broken(pause));
            tryAgain(call, result);
        } else {
            gate.ended(call.startedAt(), now, new RateGate.Feedback.Answered());
            respond(call, result);
        }
    }

    private void tryAgain(Call call, AttemptResult result) throws IOException {
        Ticket ticket = call.ticket();
        ticket.broke();
        if (ticket.failures() >= vendor.config().maxAttempts()) {
            respond(call, result);
            return;
        }
        // should the vendor have asked for a longer pause, the gate keeps it for the whole lane
        Duration delay = backoff.after(ticket.failures());
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

    private void giveUp() throws IOException {
        backlog.wakeAll();
        for (int i = 0; i < BURST && backlog.hasNext(); i++) {
            Ticket ticket = backlog.next(loop.now());
            ResponseLine.Failure reason = new ResponseLine.Failure(
                    RATE_LIMITED,
                    "vendor `" + vendor.config().name()
                            + "` answered nothing but 429, and patience with it is over; ask again later");
            listener.responded(assembly.unanswered(reason, queue.load(ticket.number()), ticket, loop.now()));
        }
        if (backlog.hasNext()) {
            loop.execute(this::pump);
        }
    }

    private void endIfDone() {
        boolean nothingLeft = stopping || backlog.isEmpty();
        if (!ended && nothingLeft && underWay.isEmpty()) {
            ended = true;
            listener.laneEnded();
        }
    }

    private static Optional<Duration> pause(Optional<RetryHint> hint, Instant now) {
        return hint.map(h -> h.from(now));
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
