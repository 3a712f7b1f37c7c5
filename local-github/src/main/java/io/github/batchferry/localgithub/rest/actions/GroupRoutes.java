package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.ConcurrencyGroup;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Concurrency groups: who holds them, and who waits for them. A GitHub Enterprise Server does not tell. */
public final class GroupRoutes implements Routes {
    private static final String GROUPS = "/actions/concurrency_groups";

    private final RunLookup lookup;
    private final RunQueue queue;
    private final RepositoryJson repositories;
    private final GroupMemberJson json;

    public GroupRoutes(RunLookup lookup, RunQueue queue, RepositoryJson repositories, GroupMemberJson json) {
        this.lookup = lookup;
        this.queue = queue;
        this.repositories = repositories;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                read(Route.REPOSITORY + GROUPS, this::list),
                read(Route.REPOSITORY + GROUPS + "/{group}", this::get),
                read(Route.REPOSITORY + "/actions/runs/{run}/concurrency_groups", this::ofRun));
    }

    private static Route read(String path, Route.Handler handler) {
        return Route.of("GET", path, "actions", Access.READ, handler);
    }

    private List<ConcurrencyGroup> all(Request request) {
        return queue.groups(request.repository().name()).stream()
                .sorted(Comparator.comparing(ConcurrencyGroup::name))
                .toList();
    }

    private String url(Request request, ConcurrencyGroup group) {
        return repositories.url(request.repository()) + GROUPS + "/"
                + Paths.encode(group.name()).replace("/", "%2F");
    }

    private ObjectNode head(Request request, ConcurrencyGroup group) {
        return Json.object().put("group_name", group.name()).put("group_url", url(request, group));
    }

    /** {@code GET actions/concurrency_groups}. */
    public Response list(Request request) {
        List<ConcurrencyGroup> all = all(request);
        CursorPage<ConcurrencyGroup> page = CursorPage.of(request, all, ConcurrencyGroup::name);
        ObjectNode list = Json.object().put("total_count", all.size());
        ArrayNode entries = list.putArray("concurrency_groups");
        page.entries().forEach(each -> entries.add(head(request, each).putNull("last_acquired_at")));
        return page.link(Response.ok(list), repositories.url(request.repository()) + GROUPS);
    }

    /** {@code GET actions/concurrency_groups/{group}}, or those in it that go before a run or a job. */
    public Response get(Request request) throws ApiException {
        ConcurrencyGroup group = all(request).stream()
                .filter(each -> each.name().equalsIgnoreCase(request.path().get("group")))
                .findFirst()
                .orElseThrow(ApiException::notFound);
        List<ConcurrencyGroup.Member> shown = group.members().subList(0, end(request, group.members()));
        ObjectNode entry = head(request, group).put("total_count", shown.size());
        ArrayNode members = entry.putArray("group_members");
        shown.forEach(member -> members.add(json.member(request.repository(), member)));
        return Response.ok(entry);
    }

    private static int end(Request request, List<ConcurrencyGroup.Member> members) throws ApiException {
        Optional<Long> run = number(request, "ahead_of_run");
        Optional<Long> job = number(request, "ahead_of_job");
        if (run.isEmpty() && job.isEmpty()) {
            return members.size();
        }
        for (int i = 0; i < members.size(); i++) {
            ConcurrencyGroup.Member member = members.get(i);
            if (run.map(id -> id == member.run()).orElse(true) && (job.isEmpty() || job.equals(member.job()))) {
                return i;
            }
        }
        throw ApiException.unprocessable("Neither the run nor the job is in this concurrency group");
    }

    private static Optional<Long> number(Request request, String name) throws ApiException {
        Optional<String> text = request.parameter(name);
        if (text.isPresent() && !text.get().matches("[1-9]\\d{0,17}")) {
            throw ApiException.unprocessable("Invalid request.\n\n`" + name + "` is not a positive integer.");
        }
        return text.map(Long::valueOf);
    }

    /** {@code GET actions/runs/{run}/concurrency_groups}: those that a run or its jobs are in, with their places. */
    public Response ofRun(Request request) throws ApiException {
        RunRecord run = lookup.run(request);
        List<ConcurrencyGroup> all = all(request).stream()
                .filter(group -> group.members().stream().anyMatch(member -> member.run() == run.id()))
                .toList();
        CursorPage<ConcurrencyGroup> page = CursorPage.of(request, all, ConcurrencyGroup::name);
        ObjectNode list = Json.object().put("total_count", all.size());
        ArrayNode entries = list.putArray("concurrency_groups");
        page.entries().forEach(group -> entries.add(withPlaces(request, group, run.id())));
        String url = repositories.url(request.repository()) + "/actions/runs/" + run.id() + "/concurrency_groups";
        return page.link(Response.ok(list), url);
    }

    private ObjectNode withPlaces(Request request, ConcurrencyGroup group, long run) {
        ObjectNode entry = head(request, group);
        ArrayNode members = entry.putArray("group_members");
        for (int i = 0; i < group.members().size(); i++) {
            ConcurrencyGroup.Member member = group.members().get(i);
            if (member.run() == run) {
                String ahead = "?ahead_of_run=" + run
                        + member.job().map(job -> "&ahead_of_job=" + job).orElse("");
                members.add(json.member(request.repository(), member)
                        .put("position", i)
                        .put("position_url", url(request, group) + ahead));
            }
        }
        return entry;
    }
}
