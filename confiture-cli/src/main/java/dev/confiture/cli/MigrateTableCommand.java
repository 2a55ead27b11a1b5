package dev.confiture.cli;

import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.cli.render.MigrateText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s migrate-table}. */
@Command(
        name = "migrate-table",
        description = {
            "Copies one table, without a mapping file.",
            "",
            "Columns that have the same name on both sides are copied without being listed."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  confiture s2s migrate-table --target new --source-table old_users \\",
            "    --target-table users --mapping full_name:display_name"
        })
final class MigrateTableCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--source-table",
            required = true,
            paramLabel = "TABLE",
            description = "The old table, such as old_users or sales.orders.")
    String sourceTable = "";

    @Option(
            names = "--target-table",
            required = true,
            paramLabel = "TABLE",
            description = "The new table.")
    String targetTable = "";

    @Option(
            names = "--mapping",
            paramLabel = "x:y,…",
            description = "Columns that change their name, as old:new, separated by commas.")
    String columns = "";

    @Mixin CopyOptions copy = new CopyOptions();

    @Mixin WalOption wal = new WalOption();

    MigrateTableCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s migrate-table",
                new MigrateText(target.target),
                confiture -> {
                    MigrateOptions options = copy.toMigrateOptions(false, wal.bytes());
                    return confiture.migrateTable(
                            target.target, sourceTable, targetTable, columns, options);
                });
    }
}
