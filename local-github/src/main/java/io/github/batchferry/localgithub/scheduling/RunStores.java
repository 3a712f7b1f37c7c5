package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;

/**
 * What is stored, for runs to use.
 *
 * @param directory where everything lives
 * @param runs where their records are kept
 * @param repositories where workflow files are read
 * @param settings of the repositories
 * @param secrets of the repositories
 */
public record RunStores(
        StateDirectory directory,
        RunStore runs,
        Repositories repositories,
        RepositoryDocument<RepositorySettings> settings,
        SecretStore secrets) {}
