package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.targets.TargetsFile;
import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorKinds;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.util.Locale;
import java.util.Optional;

/** Checks files of settings, {@code targets.yaml} and {@code vendors.yaml}, which are told apart by their top key. */
final class SettingsCheck {
    private SettingsCheck() {}

    /** Whether a file of this name holds settings, not requests. */
    static boolean holdsSettings(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    /**
     * Checks a file of settings; looks up no environment variable.
     *
     * @return what is in it, in words
     * @throws InvalidInputException with every mistake
     */
    static String summary(String name, String text) throws InvalidInputException {
        Problems problems = new Problems();
        Optional<YamlMap> root = YamlMap.parse(name, text, problems);
        problems.throwIfAny();
        if (root.orElseThrow().has("targets")) {
            TargetsFile targets = TargetsFile.parse(name, text);
            int foreign = targets.foreign().size();
            return Amounts.count(targets.names().size(), "target")
                    + (foreign == 0 ? "" : ", " + Amounts.count(foreign, "entry", "entries") + " of other tools");
        }
        if (root.get().has("vendors")) {
            return Amounts.count(vendors(name, text).vendors().size(), "vendor");
        }
        throw InvalidInputException.of(
                name,
                "expected `targets:` or `vendors:` at the top, found: "
                        + String.join(", ", root.get().keys()));
    }

    private static VendorsFile vendors(String name, String text) throws InvalidInputException {
        VendorsFile vendors = VendorsParser.parse(name, text);
        Problems problems = new Problems();
        VendorKinds.check(vendors, name, problems);
        problems.throwIfAny();
        return vendors;
    }
}
