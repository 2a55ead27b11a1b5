package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.cli.render.DraftAnswer;
import dev.confiture.cli.render.DraftText;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s mapping}. */
@Command(
        name = "mapping",
        description = {
            "Drafts the mapping file from the two schemas, for you to review.",
            "",
            "What looks renamed is proposed with the reason. What nothing fits to stands there as a"
                    + " comment, and until you decide about it the file is refused."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s mapping --target new --output mapping.yaml")
final class MappingCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = {
                "Write the draft to this file, which must not exist yet, and its JSON Schema beside"
                        + " it. Default: print it."
            })
    @Nullable Path output;

    @Option(
            names = "--force",
            description = "Overwrite the file, with all decisions and comments in it.")
    boolean force;

    MappingCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run("s2s mapping", new DraftText(target.target), this::draft);
    }

    private DraftAnswer draft(Confiture confiture) {
        if (force && output == null) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--force overwrites a file, and no --output names one",
                    "Add --output FILE, or leave --force out to print the draft.");
        }
        Optional<DraftFile> file =
                Optional.ofNullable(output)
                        .map(
                                path ->
                                        new DraftFile(
                                                execution.surroundings().workingDirectory(),
                                                path,
                                                force
                                                        ? DraftFile.Existing.OVERWRITE
                                                        : DraftFile.Existing.KEEP));
        file.ifPresent(DraftFile::check);
        var draft = confiture.draftMapping(target.target);
        boolean schemaWritten = file.isPresent() && file.get().write(draft.text());
        return DraftAnswer.of(draft, output == null ? null : output.toString(), schemaWritten);
    }
}
