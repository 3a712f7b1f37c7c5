package io.github.batchferry.localgithub.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The repositories that installations may use. */
public final class InstalledRepositories {
    private final StateDirectory directory;
    private final Repositories repositories;
    private final RepositoryJson json;

    public InstalledRepositories(StateDirectory directory, Repositories repositories, RepositoryJson json) {
        this.directory = directory;
        this.repositories = repositories;
        this.json = json;
    }

    Optional<HostedRepository> find(RepositoryName name) throws IOException {
        return repositories.find(name);
    }

    /** Those of an installation, by name. */
    List<HostedRepository> of(InstallationRecord installation) throws IOException {
        return all(name -> Apps.covers(installation, name));
    }

    /** Those with names of a kind, by name. */
    List<HostedRepository> all(Predicate<RepositoryName> which) throws IOException {
        List<HostedRepository> all = new ArrayList<>();
        for (RepositoryName name : directory.repositoryNames()) {
            if (which.test(name)) {
                repositories.find(name).ifPresent(all::add);
            }
        }
        return all;
    }

    ObjectNode json(HostedRepository repository) throws IOException {
        return json.full(repository, false).put("has_downloads", true);
    }
}
