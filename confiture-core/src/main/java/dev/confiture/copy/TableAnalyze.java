package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.Collection;
import java.util.List;

/** Gives the planner of the target its statistics, before the application meets the new tables. */
public final class TableAnalyze {
    private TableAnalyze() {}

    /** Runs ANALYZE on each table; a partitioned one takes its partitions along. */
    public static void run(
            Database target,
            Collection<TableName> tables,
            ProgressListener listener,
            StopSignal stop) {
        new TableWorkers(target, "analyze")
                .forEach(
                        tables,
                        (session, table) -> {
                            stop.check();
                            listener.on(new ProgressEvent.Detail("analyze " + table.display()));
                            session.execute("ANALYZE " + table.quoted());
                        });
        try (Session session = target.open("analyze")) {
            warnOfSkipped(session, tables, listener);
        }
    }

    /** The server passes over a table of another owner with a mere warning. */
    private static void warnOfSkipped(
            Session target, Collection<TableName> tables, ProgressListener listener) {
        List<String> skipped =
                target.query(
                        SqlText.named("copy/list_foreign_owners"),
                        row ->
                                "%s was not analyzed, since %s owns it; run ANALYZE %s as that role"
                                        .formatted(row.text(1), row.text(2), row.text(1)),
                        tables.stream().map(TableName::quoted).toList());
        skipped.forEach(text -> listener.on(new ProgressEvent.Warning(text)));
    }
}
