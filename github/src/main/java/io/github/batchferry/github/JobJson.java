package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads jobs and what holds them up, leniently. */
final class JobJson {
    private JobJson() {}

    /** @throws IllegalArgumentException if it is not a list of jobs */
    static List<WorkflowJob> list(JsonNode node) {
        if (!node.path("jobs").isArray()) {
            throw new IllegalArgumentException("not a list of jobs");
        }
        List<WorkflowJob> jobs = new ArrayList<>();
        node.path("jobs").forEach(job -> jobs.add(job(job)));
        return List.copyOf(jobs);
    }

    private static WorkflowJob job(JsonNode node) {
        List<WorkflowJob.Step> steps = new ArrayList<>();
        node.path("steps")
                .forEach(step -> steps.add(new WorkflowJob.Step(
                        step.path("number").asInt(), text(step, "name"), text(step, "status"), conclusion(step))));
        return new WorkflowJob(
                node.path("id").longValue(),
                text(node, "name"),
                text(node, "status"),
                conclusion(node),
                steps,
                texts(node.path("labels")));
    }

    /** @throws IllegalArgumentException if it is not a list of deployments */
    static List<PendingDeployment> pending(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("not a list of deployments");
        }
        List<PendingDeployment> pending = new ArrayList<>();
        node.forEach(deployment -> pending.add(new PendingDeployment(
                text(deployment.path("environment"), "name"),
                reviewers(deployment.path("reviewers")),
                Duration.ofMinutes(deployment.path("wait_timer").asLong(0)))));
        return List.copyOf(pending);
    }

    /** People have logins, teams have names. */
    private static List<String> reviewers(JsonNode nodes) {
        List<String> reviewers = new ArrayList<>();
        nodes.forEach(node -> {
            JsonNode reviewer = node.path("reviewer");
            reviewers.add(reviewer.path("login").asText(text(reviewer, "name")));
        });
        return reviewers;
    }

    private static List<String> texts(JsonNode nodes) {
        List<String> texts = new ArrayList<>();
        nodes.forEach(node -> texts.add(node.asText("")));
        return texts;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText("");
    }

    private static Optional<String> conclusion(JsonNode node) {
        return Optional.ofNullable(node.path("conclusion").textValue());
    }
}
