package io.github.batchferry.localgithub.scheduling.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What tells a job from the others of its attempt, as it stands in {@link
 * io.github.batchferry.localgithub.store.JobRecord#key}.
 *
 * @param segments the calling jobs from the outside in, then the job itself
 */
public record JobKey(List<Segment> segments) {
    /** The place of the jobs of a run's own file. */
    public static final JobKey ROOT = new JobKey(List.of());

    /**
     * A job in its file.
     *
     * @param job its id
     * @param leg number of its leg in the matrix, from 1; 0 without a matrix, or before it is expanded
     */
    public record Segment(String job, int leg) {
        private static Segment parse(String text) {
            int mark = text.indexOf('#');
            return mark < 0
                    ? new Segment(text, 0)
                    : new Segment(text.substring(0, mark), Integer.parseInt(text.substring(mark + 1)));
        }

        @Override
        public String toString() {
            return leg == 0 ? job : job + "#" + leg;
        }
    }

    public JobKey {
        segments = List.copyOf(segments);
    }

    /** Reads what {@link #toString} wrote. */
    public static JobKey parse(String text) {
        return new JobKey(Arrays.stream(text.split("/")).map(Segment::parse).toList());
    }

    /** The key of a job of the workflow that this job calls. */
    public JobKey job(String id) {
        List<Segment> longer = new ArrayList<>(segments);
        longer.add(new Segment(id, 0));
        return new JobKey(longer);
    }

    /** The key of one of this job's legs. */
    public JobKey leg(int number) {
        List<Segment> changed = new ArrayList<>(segments);
        changed.set(
                changed.size() - 1, new Segment(changed.get(changed.size() - 1).job(), number));
        return new JobKey(changed);
    }

    /** The jobs that this key leads through, from the outside in: those that call, then its own; without its own leg each. */
    public List<JobKey> path() {
        return IntStream.rangeClosed(1, segments.size())
                .mapToObj(length -> new JobKey(segments.subList(0, length)).leg(0))
                .toList();
    }

    @Override
    public String toString() {
        return segments.stream().map(Segment::toString).collect(Collectors.joining("/"));
    }
}
