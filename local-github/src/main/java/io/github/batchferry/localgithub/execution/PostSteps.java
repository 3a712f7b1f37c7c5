package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.StepRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What actions have left to do after the job's steps, the last one first. What the actions within one step leave is done
 * together. Used by the job's thread only.
 */
final class PostSteps {
    // Mutable state
    private final Deque<Post> posts = new ArrayDeque<>();

    /** The rest of one action's work. */
    @FunctionalInterface
    interface Task {
        Conclusion run();
    }

    /**
     * What one step of the job left.
     *
     * @param step that did
     * @param tasks in the order in which they are done
     */
    record Post(ActiveStep step, Deque<Task> tasks) {
        String title() {
            return "Post " + step.title();
        }
    }

    /** Adds work, and a step to the job's record if it is the first of its step. */
    void add(ActiveStep of, Task task) {
        ActiveStep step = of.outermost();
        if (posts.isEmpty() || posts.peek().step() != step) {
            posts.push(new Post(step, new ArrayDeque<>()));
            String title = step.job().mask().apply(posts.peek().title());
            int first = step.job().task().steps().steps().size() + 2;
            step.job().update(record -> insert(record, first, title));
        }
        posts.peek().tasks().push(task);
    }

    private static JobRecord insert(JobRecord record, int number, String title) {
        List<StepRecord> steps = new ArrayList<>(record.steps().subList(0, number - 1));
        steps.add(StepRecord.queued(number, title));
        for (StepRecord after :
                record.steps().subList(number - 1, record.steps().size())) {
            steps.add(StepRecord.queued(after.number() + 1, after.name()));
        }
        return record.withSteps(steps);
    }

    boolean isEmpty() {
        return posts.isEmpty();
    }

    /** The next one, which is taken away. */
    Post next() {
        return posts.pop();
    }
}
