package dev.confiture.cli;

import dev.confiture.Confiture.AnalyzeOptions;
import dev.confiture.cli.render.AnalyzeText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s analyze}. */
@Command(
        name = "analyze",
        description = {
            "Checks both databases and the mapping, and says how each table would be copied.",
            "",
            "Changes nothing. Each finding comes with its remedy. A finding marked BLOCKER would"
                    + " stop the migration; then the exit code is 1."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s analyze --target new --mapping mapping.yaml --prove")
final class AnalyzeCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Mixin MappingOption mapping = new MappingOption();

    @Option(
            names = "--prove",
            description =
                    "Read every row through the mapping and count those that break a constraint of"
                            + " the target.")
    boolean prove;

    AnalyzeCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s analyze",
                new AnalyzeText(),
                confiture ->
                        confiture.analyze(target.target, mapping.file, new AnalyzeOptions(prove)));
    }
}
