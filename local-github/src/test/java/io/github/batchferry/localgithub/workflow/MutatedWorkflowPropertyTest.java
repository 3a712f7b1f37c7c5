package io.github.batchferry.localgithub.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.workflow.Mutations.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to a file, it is read or refused with a line. */
class MutatedWorkflowPropertyTest {
    private static final String WORKFLOW = """
            name: Everything
            run-name: "run ${{ inputs.a }}"
            on:
              workflow_dispatch:
                inputs:
                  a: { description: A, type: choice, options: [x, y], default: x, required: true }
              workflow_call:
                inputs:
                  a: { type: string, default: "${{ github.ref }}" }
                secrets: { KEY: { required: false } }
                outputs: { o: { value: "${{ jobs.one.outputs.x }}" } }
              push: { branches: [main] }
            permissions: { contents: write, id-token: write }
            concurrency: { group: "g-${{ inputs.a }}", cancel-in-progress: false, queue: max }
            env: &env { A: 1.50, B: "${{ secrets.KEY }}" }
            defaults: { run: { shell: bash, working-directory: . } }
            jobs:
              one:
                name: One
                runs-on: [self-hosted, "${{ matrix.label }}"]
                if: github.ref == 'refs/heads/main' && !cancelled()
                environment: { name: prod, url: "https://${{ steps.a.outputs.x }}" }
                concurrency: one
                permissions: read-all
                outputs: { x: "${{ steps.a.outputs.x }}" }
                env: *env
                strategy:
                  matrix: { label: [linux, x64], n: [1, ~, { k: v }], include: [{ n: 2 }], exclude: [] }
                  fail-fast: ${{ inputs.a == 'x' }}
                  max-parallel: 2
                timeout-minutes: 0.5
                continue-on-error: true
                steps:
                  - &step
                    id: a
                    name: First
                    if: always()
                    run: |
                      echo ${{ format('{0}}}', inputs.a) }}
                      echo ${{ hashFiles('**') }}
                    env: { C: "${{ env.A }}" }
                  - uses: actions/checkout@v4
                    with: { fetch-depth: 0 }
                  - uses: ./tool
              two:
                needs: [one]
                uses: ./.github/workflows/called.yml
                with: { a: "${{ needs.one.outputs.x }}" }
                secrets: inherit
            """;
    private static final String ACTION = """
            name: Tool
            description: Does it
            inputs:
              who: { description: Whom, required: true, default: "${{ github.actor }}" }
            outputs:
              x: { value: "${{ steps.a.outputs.x }}" }
            runs:
              using: composite
              steps:
                - { id: a, run: "echo ${{ inputs.who }}", shell: bash, if: success() }
                - { uses: actions/upload-artifact@v4, with: { name: a, path: b } }
            """;

    private interface Reader {
        Object read(String path, byte[] content) throws InvalidWorkflowException;
    }

    @Property(tries = 3_000)
    void aMutatedWorkflowIsReadOrRefusedWithALine(@ForAll("mutations") List<Mutation> mutations) {
        check(
                Mutations.apply(mutations, WORKFLOW),
                (path, content) -> WorkflowFile.read(path, content).workflow());
    }

    @Property(tries = 1_000)
    void aMutatedActionIsReadOrRefusedWithALine(@ForAll("mutations") List<Mutation> mutations) {
        check(Mutations.apply(mutations, ACTION), ActionFile::read);
    }

    @Example
    void withoutMutationsBothAreRead() throws InvalidWorkflowException {
        WorkflowFile file = WorkflowFile.read("x.yml", WORKFLOW.getBytes(StandardCharsets.UTF_8));

        assertThat(file.workflow().jobs()).hasSize(2);
        assertThat(ActionFile.read("x.yml", ACTION.getBytes(StandardCharsets.UTF_8))
                        .steps())
                .hasSize(2);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Mutations.KINDS.size() - 1),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 10_000))
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static void check(String text, Reader reader) {
        // YAML begins a line after other characters, too
        int lines = text.split("\\R", -1).length;
        try {
            reader.read("x.yml", text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidWorkflowException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem).matches("(?s)x\\.yml:\\d+: \\S.*");
                assertThat(Integer.parseInt(problem.split(":")[1])).isBetween(1, lines);
            });
        }
    }
}
