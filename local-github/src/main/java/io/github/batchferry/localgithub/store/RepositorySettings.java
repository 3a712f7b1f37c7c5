package io.github.batchferry.localgithub.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the owner of a repository has set, beside its secrets.
 *
 * @param variables configuration variables, name in capital letters to value
 * @param environments by name, in the order in which they were created
 * @param disabledWorkflows paths of the workflow files that may not be dispatched
 * @param protectedBranches names of the branches that are protected
 * @param workflowRights what the tokens of jobs may do beyond what their workflows say
 */
public record RepositorySettings(
        Map<String, VariableRecord> variables,
        Map<String, EnvironmentRecord> environments,
        Set<String> disabledWorkflows,
        Set<String> protectedBranches,
        WorkflowRights workflowRights) {
    /** What a new repository has. */
    public static final RepositorySettings NONE =
            new RepositorySettings(Map.of(), Map.of(), Set.of(), Set.of(), WorkflowRights.NEW);

    public RepositorySettings {
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
        disabledWorkflows = Collections.unmodifiableSet(new LinkedHashSet<>(disabledWorkflows));
        protectedBranches = Collections.unmodifiableSet(new LinkedHashSet<>(protectedBranches));
        workflowRights = workflowRights == null ? WorkflowRights.NEW : workflowRights;
    }

    /** An environment by its name, which is compared without regard to case. */
    public Optional<EnvironmentRecord> environment(String name) {
        return environments.values().stream()
                .filter(environment -> environment.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The settings with an environment added or replaced. */
    public RepositorySettings with(EnvironmentRecord environment) {
        Map<String, EnvironmentRecord> more = new LinkedHashMap<>(environments);
        more.put(environment(environment.name()).map(EnvironmentRecord::name).orElse(environment.name()), environment);
        return new RepositorySettings(variables, more, disabledWorkflows, protectedBranches, workflowRights);
    }

    /** The settings without an environment. */
    public RepositorySettings withoutEnvironment(String name) {
        Map<String, EnvironmentRecord> fewer = new LinkedHashMap<>(environments);
        fewer.values().removeIf(environment -> environment.name().equalsIgnoreCase(name));
        return new RepositorySettings(variables, fewer, disabledWorkflows, protectedBranches, workflowRights);
    }

    /** The variables of an environment, or of the repository itself; none if there is no such environment. */
    public Map<String, VariableRecord> variables(Optional<String> environment) {
        return environment.isEmpty()
                ? variables
                : environment(environment.get())
                        .map(EnvironmentRecord::variables)
                        .orElse(Map.of());
    }

    /** The settings with other variables of an environment, if there is one, or of the repository itself. */
    public RepositorySettings withVariables(Optional<String> environment, Map<String, VariableRecord> others) {
        if (environment.isPresent()) {
            return environment(environment.get())
                    .map(found -> with(found.with(others)))
                    .orElse(this);
        }
        return new RepositorySettings(others, environments, disabledWorkflows, protectedBranches, workflowRights);
    }

    /** The settings with a workflow enabled or disabled. */
    public RepositorySettings withWorkflow(String path, boolean enabled) {
        return new RepositorySettings(
                variables, environments, changed(disabledWorkflows, path, !enabled), protectedBranches, workflowRights);
    }

    /** The settings with a branch protected or not. */
    public RepositorySettings withProtection(String branch, boolean isProtected) {
        return new RepositorySettings(
                variables,
                environments,
                disabledWorkflows,
                changed(protectedBranches, branch, isProtected),
                workflowRights);
    }

    /** The settings with other rights for the tokens of jobs. */
    public RepositorySettings with(WorkflowRights rights) {
        return new RepositorySettings(variables, environments, disabledWorkflows, protectedBranches, rights);
    }

    private static Set<String> changed(Set<String> set, String element, boolean present) {
        Set<String> changed = new LinkedHashSet<>(set);
        if (present) {
            changed.add(element);
        } else {
            changed.remove(element);
        }
        return changed;
    }
}
