package io.github.batchferry.provider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Table;
import io.github.batchferry.provider.setup.Diagnosis;
import io.github.batchferry.provider.setup.Examination;
import io.github.batchferry.provider.setup.Finding;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Targets;
import io.github.batchferry.wire.json.JsonSupport;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ferry doctor}: what keeps batches from a target. */
@Command(
        name = "doctor",
        description = "Say what keeps batches from a target, one line each, with what to do.",
        abbreviateSynopsis = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry doctor --target cloud-eval-runner"})
final class DoctorCommand implements Callable<Integer> {
    private final CliContext context;

    // Mutable state, set by picocli
    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            required = true,
            description = "Target of targets.yaml.")
    private String name;

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "Targets file; without it targets.yaml or .ferry/targets.yaml.")
    private Optional<String> file = Optional.empty();

    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private HelpOption help;

    DoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Diagnosis diagnosis =
                new Examination(target(), context.environment(), context.clock(), context.apiTrace()).run();
        if (jsonOption.json()) {
            printJson(diagnosis);
        } else {
            print(diagnosis);
        }
        int failed = diagnosis.tokenAtFault() ? ExitCodes.AUTHENTICATION : ExitCodes.FAILED;
        return diagnosis.healthy() ? ExitCodes.SUCCESS : failed;
    }

    private Target.GitHubActions target() throws Exception {
        Target target = Targets.load(context.directory(), file).find(name);
        if (target instanceof Target.GitHubActions github) {
            return github;
        }
        throw new UsageException("--target: target `" + name
                + "` is the embedded GitHub, which needs neither token nor setup; name one of provider github-actions");
    }

    private void print(Diagnosis diagnosis) {
        Table table = new Table();
        for (Finding finding : diagnosis.findings()) {
            String fix = finding.fix().map(text -> "; " + text).orElse("");
            table.row(level(finding), finding.what() + ":", Printable.line(finding.found() + fix));
        }
        (context.outIsTerminal() ? table.aligned() : table.tabSeparated()).forEach(context.out()::println);
    }

    /** What fails is to be seen among much that is well. */
    private static String level(Finding finding) {
        String word = finding.level().name();
        return finding.level() == Finding.Level.FAIL ? word : word.toLowerCase(Locale.ROOT);
    }

    private void printJson(Diagnosis diagnosis) {
        ObjectNode json = JsonSupport.MAPPER.createObjectNode();
        json.put("target", name).put("healthy", diagnosis.healthy());
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : diagnosis.findings()) {
            ObjectNode entry = findings.addObject()
                    .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                    .put("what", finding.what())
                    .put("found", finding.found());
            finding.fix().ifPresent(fix -> entry.put("fix", fix));
        }
        context.out().println(context.outIsTerminal() ? json.toPrettyString() : json.toString());
    }
}
