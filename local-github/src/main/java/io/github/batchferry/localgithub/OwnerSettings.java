package io.github.batchferry.localgithub;

import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.SettingName;
import io.github.batchferry.localgithub.store.VariableRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the owner of repositories sets from Java. */
record OwnerSettings(RepositoryDocument<RepositorySettings> settings, Clock clock) {
    void variable(RepositoryName repository, String name, String value) {
        Optional<String> refusal = SettingName.refusal("Variable", name);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException("invalid variable name `" + name
                    + "`: use letters, digits and underscores, no digit first, and not the prefix GITHUB_");
        }
        settings.update(repository, before -> {
            Map<String, VariableRecord> all = new TreeMap<>(before.variables());
            String kept = SettingName.kept(name);
            all.put(kept, VariableRecord.set(Optional.ofNullable(all.get(kept)), kept, value, clock.instant()));
            return before.withVariables(Optional.empty(), all);
        });
    }

    void environment(RepositoryName repository, String name, EnvironmentRules rules) {
        Instant now = clock.instant();
        settings.update(
                repository,
                before -> before.with(before.environment(name)
                        .orElseGet(() -> EnvironmentRecord.open(repository, name, now))
                        .with(rules, now)));
    }

    /** The name of an environment as it was created. */
    String environmentName(RepositoryName repository, String name) {
        return settings.of(repository)
                .environment(name)
                .map(EnvironmentRecord::name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no environment `" + name + "` in `" + repository + "`; create it first"));
    }
}
