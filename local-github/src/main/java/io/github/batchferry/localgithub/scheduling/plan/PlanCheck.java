package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.workflow.CallInput;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Template;
import io.github.batchferry.localgithub.workflow.Tree;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what makes a run impossible before it starts: calls that do not fit what is called, matrices that are empty or
 * too large.
 */
public final class PlanCheck {
    private static final Contexts NOTHING = new Contexts(Map.of());

    private final Set<String> problems = new LinkedHashSet<>();

    private PlanCheck() {}

    /** Every problem of a run's own workflow and of all it calls, each beginning with a path. */
    public static List<String> problems(PlannedWorkflow root) {
        PlanCheck check = new PlanCheck();
        check.workflow(root, Optional.empty());
        return List.copyOf(check.problems);
    }

    private void workflow(PlannedWorkflow planned, Optional<Permissions> most) {
        for (Job job : planned.workflow().jobs()) {
            matrix(planned.workflow(), job);
            if (job.body() instanceof Job.Call call) {
                PlannedWorkflow called = planned.called(job);
                Permissions passedOn = TokenPermissions.of(job, planned.workflow(), most);
                call(planned.workflow(), call, called, passedOn);
                workflow(called, Optional.of(passedOn));
            }
        }
    }

    private void matrix(Workflow workflow, Job job) {
        job.strategy()
                .flatMap(Job.Strategy::matrix)
                .filter(PlanCheck::isLiteral)
                .ifPresent(matrix -> {
                    try {
                        MatrixExpansion.of(job.id(), matrix.evaluate(NOTHING));
                    } catch (UnstartableJobException e) {
                        problems.add(workflow.path() + ": " + e.getMessage());
                    }
                });
    }

    private static boolean isLiteral(Tree tree) {
        if (tree instanceof Tree.Items items) {
            return items.items().stream().allMatch(PlanCheck::isLiteral);
        }
        if (tree instanceof Tree.Entries entries) {
            return entries.entries().values().stream().allMatch(PlanCheck::isLiteral);
        }
        return !(tree instanceof Tree.Leaf leaf) || leaf.template().isLiteral();
    }

    private void call(Workflow caller, Job.Call call, PlannedWorkflow called, Permissions most) {
        String where = caller.path() + ": Error calling workflow '" + called.origin() + "'. ";
        Workflow.CallTrigger trigger = called.workflow().call().orElseThrow();
        inputs(where, call.with(), trigger.inputs());
        if (!call.inheritSecrets()) {
            secrets(where, call.secrets().keySet(), trigger.secrets());
        }
        for (Job job : called.workflow().jobs()) {
            TokenPermissions.excess(job, called.workflow(), most).ifPresent(excess -> problems.add(where + excess));
        }
    }

    private void inputs(String where, Map<String, Template> with, List<CallInput> declared) {
        for (CallInput input : declared) {
            if (input.required() && input.defaultValue().isEmpty() && lacks(with.keySet(), input.name())) {
                problems.add(where + "Input " + input.name() + " is required, but not provided while calling.");
            }
        }
        Set<String> names = declared.stream().map(CallInput::name).collect(Collectors.toSet());
        undefined(where, "input", with.keySet(), names);
        declared.forEach(input -> with.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(input.name()))
                .filter(entry -> entry.getValue().isLiteral())
                .forEach(entry -> literal(where, input, entry.getValue())));
    }

    private void literal(String where, CallInput input, Template value) {
        try {
            InputValues.checked(input, value.value(NOTHING));
        } catch (UnstartableJobException e) {
            problems.add(where + e.getMessage());
        }
    }

    private void secrets(String where, Set<String> given, Map<String, Boolean> declared) {
        declared.forEach((name, required) -> {
            if (required && lacks(given, name)) {
                problems.add(where + "Secret " + name + " is required, but not provided while calling.");
            }
        });
        undefined(where, "secret", given, declared.keySet());
    }

    private void undefined(String where, String kind, Collection<String> given, Collection<String> declared) {
        given.stream()
                .filter(name -> lacks(declared, name))
                .forEach(name -> problems.add(
                        where + "Invalid " + kind + ", " + name + " is not defined in the referenced workflow."));
    }

    private static boolean lacks(Collection<String> names, String wanted) {
        return names.stream().noneMatch(wanted::equalsIgnoreCase);
    }
}
