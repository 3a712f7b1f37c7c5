package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobNamesTest {
    private static final Contexts CONTEXTS =
            new Contexts(Map.of("matrix", TextNode.valueOf("m"), "inputs", TextNode.valueOf("i")));

    private static String name(String name, String... shown) throws Exception {
        return JobNames.shown(job(name), CONTEXTS, List.of(shown));
    }

    private static Job job(String name) throws Exception {
        String yaml =
                "on: workflow_dispatch\njobs: { build: { " + name + " runs-on: ubuntu-24.04, steps: [ { run: x } ] } }";
        return WorkflowFile.read("x.yml", yaml.getBytes(StandardCharsets.UTF_8))
                .workflow()
                .jobs()
                .get(0);
    }

    @Test
    void aLegIsToldFromItsSiblingsUnlessItsNameIsEvaluated() throws Exception {
        assertThat(name("")).isEqualTo("build");
        assertThat(name("", "a", "1")).isEqualTo("build (a, 1)");
        assertThat(name("name: Build it,", "a")).isEqualTo("Build it (a)");
        assertThat(name("name: 'Build ${{ matrix }}',", "a")).isEqualTo("Build m");
        assertThat(name("name: '${{ matrix.nothing }}',", "a")).isEqualTo("build (a)");
    }

    @Test
    void aJobWithoutLegsKeepsWhatDependsOnThem() throws Exception {
        assertThat(JobNames.withoutLeg(job(""), CONTEXTS)).isEqualTo("build");
        assertThat(JobNames.withoutLeg(job("name: 'Build ${{ inputs }}',"), CONTEXTS))
                .isEqualTo("Build i");
        assertThat(JobNames.withoutLeg(job("name: 'Build ${{ matrix.os }} ${{ inputs }}',"), CONTEXTS))
                .isEqualTo("Build ${{ matrix.os }} ${{ inputs }}");
    }

    @Test
    void longNamesAreCut() throws Exception {
        assertThat(name("", "x".repeat(200)))
                .hasSize(100)
                .startsWith("build (xxx")
                .endsWith("xxx...");
    }

    @Test
    void messagesCallALegByItsValues() {
        assertThat(JobNames.configuration("build", List.of("arm64", "arm"))).isEqualTo("build.arm64_arm");
        assertThat(JobNames.configuration("build", List.of("18.x"))).isEqualTo("build._18_x");
    }
}
