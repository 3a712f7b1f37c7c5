package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.cli.output.ResponsesFile;
import io.github.batchferry.provider.cli.output.ResponsesPlace;
import io.github.batchferry.provider.input.Conversion;
import io.github.batchferry.provider.input.RequestForm;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ferry convert}: writes requests in another form. */
@Command(
        name = "convert",
        description = "Write a file of requests in another form; what is asked stays the same.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry convert anthropic-batch.json --to openai -o requests.jsonl",
            "  $$ ferry convert requests.jsonl --to plain -o -"
        })
final class ConvertCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final CliContext context;

    // Mutable state, set by picocli
    @Mixin
    private InputOptions inputOptions = new InputOptions();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "File for the converted requests, - for standard output.")
    private String output;

    @Option(names = "--to", required = true, paramLabel = "FORM", description = "openai, anthropic, gemini or plain.")
    private RequestForm form;

    @Mixin
    private HelpOption help;

    ConvertCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        RequestSource source = inputOptions.open(context);
        ResponsesPlace place = place();
        // nobody sees half of it, and a file may be converted into itself
        Path converted = Files.createTempFile("ferry-converted-", ".jsonl");
        try {
            Conversion conversion = convert(source, converted);
            place.take(converted);
            report(conversion);
            return ExitCodes.SUCCESS;
        } finally {
            Files.deleteIfExists(converted);
        }
    }

    private Conversion convert(RequestSource source, Path file) throws InvalidInputException, IOException {
        try (JsonlWriter lines = new JsonlWriter(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            return Conversion.run(source, form, lines);
        }
    }

    private ResponsesPlace place() throws UsageException {
        ResponsesPlace place = output.equals(STANDARD_OUTPUT)
                ? new ResponsesPlace.Stream(context.out())
                : new ResponsesFile(output, context.resolve(output));
        Optional<String> hindrance = place.hindrance();
        if (hindrance.isPresent()) {
            throw new UsageException("cannot write requests to `" + output + "`: " + hindrance.get());
        }
        return place;
    }

    private void report(Conversion conversion) {
        if (!output.equals(STANDARD_OUTPUT)) {
            context.out().println(output + ": " + Amounts.count(conversion.requests(), "request"));
        }
        conversion
                .unnamedModel()
                .ifPresent(model -> context.err().println("this form names no model; send them with --model " + model));
    }
}
