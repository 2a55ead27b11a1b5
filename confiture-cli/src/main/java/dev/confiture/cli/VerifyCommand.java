package dev.confiture.cli;

import dev.confiture.cli.render.VerifyText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s verify}. */
@Command(
        name = "verify",
        description = {
            "Compares both databases: the number of rows per table, and rows of the target whose"
                    + " foreign keys lead nowhere.",
            "",
            "Changes nothing. A difference gives exit code 1."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s verify --target new --tables users,orders")
final class VerifyCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these target tables, separated by commas. Default: all.")
    List<String> tables = List.of();

    @Option(names = "--counts-only", description = "Compare no values. This version never does.")
    boolean countsOnly;

    VerifyCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s verify",
                new VerifyText(target.target),
                confiture -> confiture.verify(target.target, tables));
    }
}
