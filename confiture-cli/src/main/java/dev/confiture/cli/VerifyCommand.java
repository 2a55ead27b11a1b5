package dev.confiture.cli;

import dev.confiture.Confiture.VerifyOptions;
import dev.confiture.cli.render.VerifyText;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s verify}. */
@Command(
        name = "verify",
        description = {
            "Compares every value of every row of both databases, and proves foreign keys,"
                    + " deferrable unique constraints and sequences of the target.",
            "",
            "In a live migration the application may go on writing; `follow` makes room for as"
                    + " long as it takes. A static source must rest. Nothing is changed without"
                    + " --repair. A difference gives exit code 1. Stopped or killed, a live verify"
                    + " of everything goes on where it stopped."
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
            description =
                    "Only these target tables or entries of the mapping, separated by commas."
                            + " Default: all.")
    List<String> tables = List.of();

    @Option(names = "--counts-only", description = "Compare numbers of rows and no values.")
    boolean countsOnly;

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description =
                    "Compare only so much of each table that can be cut by its key; the others are"
                            + " compared whole. Default: 100%%.")
    @Nullable String sample;

    @Option(
            names = "--repair",
            description = "Live: make rows that differ what the source makes them.")
    boolean repair;

    @Mixin WalOption wal = new WalOption();

    VerifyCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s verify",
                new VerifyText(target.target),
                confiture -> {
                    countsAlone();
                    return confiture.verify(
                            target.target,
                            new VerifyOptions(tables, countsOnly, percent(), repair, wal.bytes()));
                });
    }

    /** Refuses beside --counts-only what needs values, rather than ignoring it. */
    private void countsAlone() {
        if (countsOnly && sample != null) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--counts-only and --sample exclude each other: what is counted is counted"
                            + " whole",
                    "Leave one of them out.");
        }
        if (countsOnly && repair) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--counts-only and --repair exclude each other: numbers of rows do not say"
                            + " which rows to repair",
                    "Leave --counts-only out to repair.");
        }
    }

    /** The share of the rows that is compared. */
    private int percent() {
        String share = sample;
        if (share == null) {
            return 100;
        }
        String digits = share.endsWith("%") ? share.substring(0, share.length() - 1) : share;
        if (!digits.matches("[1-9][0-9]?|100")) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--sample " + share + " is no share of the rows",
                    "Write a whole number from 1% to 100%.");
        }
        return Integer.parseInt(digits);
    }
}
