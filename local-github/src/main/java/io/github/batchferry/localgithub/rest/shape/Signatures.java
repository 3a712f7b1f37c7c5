package io.github.batchferry.localgithub.rest.shape;

import io.github.batchferry.localgithub.access.CommitIdentity;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/** Who signs what a call writes into git: who the call names, or the caller. */
public final class Signatures {
    private final Clock clock;

    public Signatures(Clock clock) {
        this.clock = clock;
    }

    /** The caller, now. */
    public PersonIdent caller(Request request) {
        return person(CommitIdentity.of(request.caller().login()));
    }

    /** An account, now. */
    public PersonIdent person(CommitIdentity identity) {
        return new PersonIdent(identity.name(), identity.email(), now(), ZoneOffset.UTC);
    }

    /**
     * The person under a key, with its {@code name}, {@code email} and perhaps {@code date}.
     *
     * @param usual who it is if the key is not there
     */
    public PersonIdent of(Fields body, String key, PersonIdent usual) throws ApiException {
        Optional<Fields> person = body.object(key);
        if (person.isEmpty()) {
            return usual;
        }
        return new PersonIdent(
                person.get().needed("name"),
                person.get().needed("email"),
                person.get().time("date").orElse(now()),
                ZoneOffset.UTC);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
