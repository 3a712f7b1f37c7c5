package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.execution.JobTask;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.InputValues;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the frames of workflows that jobs call: what comes in is what the caller gives, and nothing else. */
final class CalledFrames {
    /**
     * The workflow that a leg calls, with nothing begun.
     *
     * @throws UnstartableJobException if what it is given has no value, or one of another type
     */
    WorkflowFrame frame(JobLeg leg) throws UnstartableJobException {
        WorkflowFrame caller = leg.node().frame();
        return new WorkflowFrame(
                planned(leg),
                new WorkflowFrame.Given(
                        leg.identity().key(),
                        leg.identity().name() + " / ",
                        contexts(leg),
                        secrets(leg, caller),
                        Optional.of(caller.permissions(leg.job())),
                        leg));
    }

    private static PlannedWorkflow planned(JobLeg leg) {
        return leg.node().frame().planned().called(leg.job());
    }

    private static Job.Call call(JobLeg leg) {
        return (Job.Call) leg.job().body();
    }

    /** What expressions of the called workflow see: the caller's event and variables, inputs of its own. */
    Contexts contexts(JobLeg leg) throws UnstartableJobException {
        Contexts shared = leg.node().frame().given().contexts();
        try {
            return shared.with(
                    "inputs",
                    InputValues.called(
                            planned(leg).workflow().call().orElseThrow().inputs(),
                            call(leg).with(),
                            leg.contexts(),
                            shared.with("inputs", Json.object())));
        } catch (ExpressionException e) {
            throw LegStart.unstartable("with", leg.job(), e);
        }
    }

    private VisibleSecrets secrets(JobLeg leg, WorkflowFrame caller) throws UnstartableJobException {
        if (call(leg).inheritSecrets()) {
            return caller.given().secrets();
        }
        Map<String, String> named = new LinkedHashMap<>();
        try {
            if (!call(leg).secrets().isEmpty()) {
                Contexts contexts = leg.contexts().with("secrets", visible(caller));
                call(leg).secrets().forEach((name, value) -> named.put(name, value.evaluate(contexts)));
            }
        } catch (ExpressionException e) {
            throw LegStart.unstartable("secrets", leg.job(), e);
        } catch (IOException e) {
            throw new UnstartableJobException("cannot read the secrets: " + e.getMessage());
        }
        return () -> named;
    }

    private static JsonNode visible(WorkflowFrame caller) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(caller.given().secrets().all());
        all.put("GITHUB_TOKEN", JobTask.OWN_TOKEN);
        return Json.MAPPER.valueToTree(all);
    }
}
