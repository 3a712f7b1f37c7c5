package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.provider.connection.RunnerConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Ends a client at a chosen moment, as a kill would: before or after any call to the outside, and before any event of the
 * journal, each of which begins with a look at the clock.
 */
final class KillSwitch {
    /** What a killed client dies of; nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final int moment;
    private int passed;

    KillSwitch(int moment) {
        this.moment = moment;
    }

    RunnerConnection on(RunnerConnection connection) {
        return new RunnerConnection(
                on(ActionsApi.class, connection.actions()),
                on(RepositoryApi.class, connection.repository()),
                on(GitRemote.class, connection.git()),
                connection.workflow());
    }

    Clock on(Clock clock) {
        return new Clock() {
            @Override
            public Instant instant() {
                pass();
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return clock.withZone(zone);
            }
        };
    }

    private void pass() {
        // once dead, it stays dead: nothing a finally block does may reach the outside
        if (++passed >= moment) {
            throw new Killed();
        }
    }

    private <T> T on(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            return method.invoke(real, arguments);
        }
        pass();
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        pass();
        return result instanceof BranchWriter writer ? on(BranchWriter.class, writer) : result;
    }
}
