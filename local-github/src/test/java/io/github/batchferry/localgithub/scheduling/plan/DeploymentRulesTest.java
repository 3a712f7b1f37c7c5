package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.store.BranchPolicy;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentRulesTest {
    private static boolean allows(Branches branches, List<String> patterns, Set<String> isProtected, String ref) {
        List<BranchPolicy> policies =
                patterns.stream().map(pattern -> new BranchPolicy(1, pattern)).toList();
        EnvironmentRecord environment = new EnvironmentRecord(
                1, "live", branches, policies, 0, List.of(), Map.of(), Instant.EPOCH, Instant.EPOCH);
        return new DeploymentRules(environment, isProtected).refusal(ref).isEmpty();
    }

    @Test
    void anOpenEnvironmentTakesEverything() {
        assertThat(allows(Branches.ALL, List.of(), Set.of("main"), "refs/heads/x"))
                .isTrue();
        assertThat(allows(Branches.ALL, List.of(), Set.of("main"), "refs/tags/x"))
                .isTrue();
    }

    @Test
    void protectedBranchesAreThoseThatAreUnlessNoneIs() {
        assertThat(allows(Branches.PROTECTED, List.of(), Set.of("main"), "refs/heads/main"))
                .isTrue();
        assertThat(allows(Branches.PROTECTED, List.of(), Set.of("main"), "refs/heads/x"))
                .isFalse();
        assertThat(allows(Branches.PROTECTED, List.of(), Set.of("main"), "refs/tags/main"))
                .isFalse();
        assertThat(allows(Branches.PROTECTED, List.of(), Set.of(), "refs/heads/x"))
                .isTrue();
    }

    @Test
    void patternsAreForBranchesUnlessTheyNameTags() {
        List<String> patterns = List.of("release/*", "refs/tags/v*");

        assertThat(allows(Branches.SELECTED, patterns, Set.of(), "refs/heads/release/1"))
                .isTrue();
        assertThat(allows(Branches.SELECTED, patterns, Set.of(), "refs/heads/v1"))
                .isFalse();
        assertThat(allows(Branches.SELECTED, patterns, Set.of(), "refs/tags/v1"))
                .isTrue();
        assertThat(allows(Branches.SELECTED, patterns, Set.of(), "refs/tags/release/1"))
                .isFalse();
        assertThat(allows(Branches.SELECTED, List.of(), Set.of(), "refs/heads/main"))
                .isFalse();
    }

    @Test
    void aRefusalSaysWhatAndWhere() {
        EnvironmentRecord environment = new EnvironmentRecord(
                1, "live", Branches.SELECTED, List.of(), 0, List.of(), Map.of(), Instant.EPOCH, Instant.EPOCH);

        assertThat(new DeploymentRules(environment, Set.of()).refusal("refs/tags/v1"))
                .hasValue("Tag \"v1\" is not allowed to deploy to live due to environment protection rules.");
    }

    @ParameterizedTest
    @CsvSource({
        "main,        main,          true",
        "main,        maine,         false",
        "*,           main,          true",
        "*,           a/b,           false",
        "release/*,   release/1,     true",
        "release/*,   release/1/x,   false",
        "release/**/*, release/1/x,  true",
        "release/**/*, release/x,    true",
        "**/fix,      a/b/fix,       true",
        "**/fix,      fix,           true",
        "a**,         abc,           true",
        "a**,         a/b,           false",
        "v?,          v1,            true",
        "v?,          v/,            false",
        "v[0-9].*,    v1.2,          true",
        "v[!0-9],     vx,            true",
        "v[!0-9],     v1,            false",
        "v[!0-9],     v/,            false",
        "'\\*',       '*',           true",
        "'\\*',       a,             false",
        "a.c,         abc,           false",
        "'[',         '[',           true"
    })
    void patternsMatchAsFileNamesDo(String pattern, String name, boolean matches) {
        assertThat(new RefPattern(pattern).matches(name)).isEqualTo(matches);
    }
}
