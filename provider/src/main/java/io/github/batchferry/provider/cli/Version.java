package io.github.batchferry.provider.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the jar's manifest. */
final class Version implements IVersionProvider {
    /** Program and version, for manifests: {@code ferry/0.1.0}. */
    static String client() {
        return "ferry/" + number();
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ferry " + number()};
    }

    private static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
