package io.github.batchferry.runner.plan;

import io.github.batchferry.runner.credentials.ExchangeFailedException;
import io.github.batchferry.runner.credentials.JobCredentials;
import io.github.batchferry.runner.requests.RequestIndex;
import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.transport.ConnectedVendor;
import io.github.batchferry.runner.transport.HttpTransport;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchValidator;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.RouteValidator;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.LineTooLongException;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.Route;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the vendors file, the keys and every request, and reports all that is wrong at once. Calls no vendor, but where all
 * is well gets the first token of those that are asked with one.
 */
public final class BatchPlanner {
    private static final String REQUESTS = "requests";

    private final Adapters adapters;
    private final HttpTransport transport;
    private final JobCredentials credentials;
    private final VendorCheck check;
    private final Problems problems = new Problems();

    /**
     * @param transport for vendors that are asked over HTTP
     * @param credentials what vendors are asked with
     */
    public BatchPlanner(Adapters adapters, HttpTransport transport, JobCredentials credentials) {
        this.adapters = adapters;
        this.transport = transport;
        this.credentials = credentials;
        this.check = new VendorCheck(adapters);
    }

    /**
     * Plans a batch.
     *
     * @param requests the verified file of requests
     * @param vendorsFile copy of the runner repository's {@code vendors.yaml}
     * @throws InvalidInputException with every mistake of the vendors file, the keys and the requests, or, if there is none,
     *     with every token that was refused
     * @throws IOException if a file cannot be read, or whoever gives tokens cannot be reached
     */
    public BatchPlan plan(BatchManifest manifest, Path requests, Path vendorsFile)
            throws IOException, InvalidInputException {
        Optional<VendorsFile> vendors = vendors(vendorsFile);
        RequestIndex index = index(manifest, requests, vendors);
        Map<Integer, Vendor> used = new HashMap<>();
        vendors.ifPresent(file -> usedVendors(index)
                .forEach(place -> connect(file.vendors().get(place)).ifPresent(vendor -> used.put(place, vendor))));
        problems.throwIfAny();
        for (Vendor vendor : used.values()) {
            prove(vendor.config());
        }
        problems.throwIfAny();
        return new BatchPlan(
                index, used, credentials.known(vendors.orElseThrow().vendors()));
    }

    private void prove(VendorConfig vendor) throws IOException {
        try {
            credentials.prove(vendor);
        } catch (ExchangeFailedException e) {
            if (!e.isRefused()) {
                throw e;
            }
            problem(vendor, e.getMessage());
        }
    }

    private Optional<VendorsFile> vendors(Path file) throws IOException {
        if (!Files.exists(file)) {
            problems.add(BatchFiles.VENDORS, 0, "", "missing in the runner repository; add it to the default branch");
            return Optional.empty();
        }
        try {
            VendorsFile vendors = VendorsParser.parse(BatchFiles.VENDORS, Files.readString(file));
            vendors.vendors().forEach(vendor -> check.problems(vendor).forEach(message -> problem(vendor, message)));
            return Optional.of(vendors);
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                problems.add(problem);
            }
            return Optional.empty();
        }
    }

    private RequestIndex index(BatchManifest manifest, Path requests, Optional<VendorsFile> vendors)
            throws IOException {
        RequestIndex index = new RequestIndex();
        RequestLineParser parser = new RequestLineParser(REQUESTS, problems);
        RouteValidator validator = new RouteValidator(problems, vendors, manifest.vendor());
        RepeatedIds ids = new RepeatedIds(manifest.requestCount());
        try (JsonlReader reader = new JsonlReader(Files.newInputStream(requests))) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                Optional<RequestLine> request = parser.parse(line.get());
                if (request.isPresent()) {
                    ids.look(request.get().customId());
                    validator.accept(REQUESTS, line.get().number(), request.get());
                    int place = vendorOf(request.get(), manifest, vendors);
                    requireAddress(line.get(), request.get(), place, vendors);
                    index.add(
                            line.get().offset(),
                            line.get().bytes().length,
                            place,
                            request.get().model());
                }
            }
        } catch (LineTooLongException e) {
            problems.add(REQUESTS, e.line(), "", e.getMessage());
        }
        requireCount(manifest, index);
        requireUnique(requests, ids.suspects());
        return index;
    }

    private void requireUnique(Path requests, Set<CustomId> suspects) throws IOException {
        if (suspects.isEmpty()) {
            return;
        }
        Map<CustomId, Long> lines = new HashMap<>();
        RequestLineParser parser = new RequestLineParser(REQUESTS, new Problems());
        try (JsonlReader reader = new JsonlReader(Files.newInputStream(requests))) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                long number = line.get().number();
                parser.parse(line.get())
                        .map(RequestLine::customId)
                        .filter(suspects::contains)
                        .ifPresent(id -> {
                            Long first = lines.putIfAbsent(id, number);
                            if (first != null) {
                                BatchValidator.repeated(problems, REQUESTS, number, id, REQUESTS + ":" + first);
                            }
                        });
            }
        } catch (LineTooLongException e) {
            // the first pass has said so, and came no farther either
        }
    }

    private void requireAddress(JsonlLine line, RequestLine request, int place, Optional<VendorsFile> vendors) {
        if (place >= 0) {
            check.problem(vendors.orElseThrow().vendors().get(place), request)
                    .ifPresent(message -> problems.add(REQUESTS, line.number(), "$.url", message));
        }
    }

    private void requireCount(BatchManifest manifest, RequestIndex index) {
        if (problems.isEmpty() && index.size() != manifest.requestCount()) {
            problems.add(
                    REQUESTS,
                    0,
                    "",
                    "expected " + manifest.requestCount() + " requests, found " + index.size() + " and blank lines");
        }
    }

    /** Place of the request's vendor in the file, -1 for none, which the validator has reported. */
    private static int vendorOf(RequestLine request, BatchManifest manifest, Optional<VendorsFile> vendors) {
        return vendors.map(
                        file -> file.route(request.vendor(), manifest.vendor(), request.model()) instanceof Route.To to
                                ? file.vendors().indexOf(to.vendor())
                                : -1)
                .orElse(-1);
    }

    private static List<Integer> usedVendors(RequestIndex index) {
        TreeSet<Integer> places = new TreeSet<>();
        index.routes().forEach(route -> places.add(route.vendor()));
        places.remove(-1);
        return List.copyOf(places);
    }

    private Optional<Vendor> connect(VendorConfig vendor) {
        List<String> missing = credentials.problems(vendor);
        missing.forEach(message -> problem(vendor, message));
        return missing.isEmpty()
                ? adapters.find(vendor.kind())
                        .map(adapter -> new ConnectedVendor(vendor, adapter, credentials.source(vendor), transport))
                : Optional.empty();
    }

    private void problem(VendorConfig vendor, String message) {
        problems.add(BatchFiles.VENDORS, 0, "$.vendors[" + vendor.name() + "]", message);
    }
}
