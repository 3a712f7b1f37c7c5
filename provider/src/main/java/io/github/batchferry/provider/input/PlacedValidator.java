package io.github.batchferry.provider.input;

import io.github.batchferry.wire.BatchValidator;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.List;
import java.util.Optional;

/**
 * The validator of the wire format with its findings moved to where the user wrote the value: it sees request lines, which
 * for plain lines are of our making.
 */
final class PlacedValidator {
    private final String file;
    private final Problems problems;
    private final Problems found = new Problems();
    private final BatchValidator validator;

    PlacedValidator(String file, Problems problems, Optional<VendorsFile> vendors, Optional<String> defaultVendor) {
        this.file = file;
        this.problems = problems;
        this.validator = new BatchValidator(found, vendors, defaultVendor);
    }

    void accept(long line, PlacedRequest placed) {
        long before = found.count();
        validator.accept(file, line, placed.request());
        if (found.count() > before) {
            List<Problem> all = found.firstOnes();
            for (long i = before; i < found.count(); i++) {
                // beyond the first hundred only the number matters, here and there
                Problem problem = all.get((int) Math.min(i, all.size() - 1L));
                problems.add(file, line, placed.place(problem.path()), problem.message());
            }
        }
    }
}
