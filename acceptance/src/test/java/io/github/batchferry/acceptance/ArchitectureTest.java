package io.github.batchferry.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.ArrayList;
import java.util.List;

/** The arrows of ARCHITECTURE.md. A module may use what stands in its line here and nothing else. */
@AnalyzeClasses(
        packages = "io.github.batchferry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** What a module gives to the tests of others is no part of it. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String OURS = "io.github.batchferry.";
    private static final String JSON = "com.fasterxml.jackson..";
    private static final String YAML = "org.yaml.snakeyaml..";
    private static final String JGIT = "org.eclipse.jgit..";

    @ArchTest
    static final ArchRule wireFormatStandsOnNothingOfOurs = module("wire", JSON, YAML);

    @ArchTest
    static final ArchRule gitStandsOnNothingOfOurs = module("git", JGIT);

    @ArchTest
    static final ArchRule githubStandsOnNothingOfOurs = module("github", JSON, "org.kohsuke..");

    @ArchTest
    static final ArchRule mockVendorStandsOnNothingOfOurs = module("mockvendor");

    @ArchTest
    static final ArchRule batchRunnerUsesTheWireFormatAndGit = module("runner", OURS + "wire..", OURS + "git..", JSON);

    @ArchTest
    static final ArchRule runnerWorkflowHoldsFilesOnly = module("workflow");

    @ArchTest
    static final ArchRule localGitHubUsesGit = module("localgithub", OURS + "git..", JGIT, JSON, YAML);

    @ArchTest
    static final ArchRule providerHasNoWayToCallAModel = module(
            "provider",
            OURS + "wire..",
            OURS + "git..",
            OURS + "github..",
            OURS + "localgithub..",
            OURS + "workflow..",
            JSON,
            "picocli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage(OURS + "provider.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule packagesAreAcyclic =
            slices().matching(OURS + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noStaticMutableState = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess =
            noClasses().that().doNotHaveSimpleName("Main").should().callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule environmentVariablesAreHandedIn = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .and()
            .doNotHaveFullyQualifiedName(OURS + "runner.ThisProcess")
            .and()
            .doNotHaveFullyQualifiedName(OURS + "localgithub.LocalGitHub$Builder")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = classes()
            .should(ArchConditions.not(ArchConditions.haveNameMatching(".*(Util|Utils|Helper|Manager|Common)")));

    /** A module by its package: it uses itself, the JDK (its small HTTP server included) and what is listed. */
    private static ArchRule module(String name, String... allowed) {
        String own = OURS + name + "..";
        // the nameless package is that of primitives and arrays
        List<String> all = new ArrayList<>(List.of(own, "", "java..", "com.sun.net.httpserver.."));
        all.addAll(List.of(allowed));
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(all.toArray(String[]::new));
    }
}
