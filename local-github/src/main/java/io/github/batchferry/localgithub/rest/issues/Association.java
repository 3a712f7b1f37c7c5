package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;

/** GitHub's words for what an author has to do with a repository. */
public final class Association {
    private Association() {}

    /** OWNER for who it is named after, MEMBER for the user elsewhere, NONE for programs. */
    public static String of(HostedRepository repository, String login) {
        if (login.equalsIgnoreCase(repository.name().owner())) {
            return "OWNER";
        }
        return login.equals(Caller.User.LOGIN) ? "MEMBER" : "NONE";
    }
}
