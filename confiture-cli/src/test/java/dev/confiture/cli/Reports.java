package dev.confiture.cli;

import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.analyze.prove.ProofReport;
import dev.confiture.build.BuildReport;
import dev.confiture.cutover.Knocks;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.draft.DraftReport;
import dev.confiture.error.Finding;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.migration.CutoverReport;
import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.StatusReport;
import dev.confiture.setup.CleanupReport;
import dev.confiture.setup.SetupReport;
import dev.confiture.verify.RowDifference;
import dev.confiture.verify.VerifyReport;
import java.util.List;

/** Small reports, one per command. */
public final class Reports {
    private Reports() {}

    public static BuildReport build() {
        return new BuildReport(
                "new",
                "shop_new",
                false,
                true,
                List.of("db/new/001_users.sql", "db/new/002_orders.sql"),
                true,
                List.of());
    }

    public static SetupReport setup() {
        return new SetupReport(
                "static",
                "postgresql://shop@localhost:5432/shop_old",
                "14.24",
                "none",
                "postgresql://shop@localhost:5433/shop_new",
                "18.6",
                "TLSv1.3",
                2,
                List.of("extension postgres_fdw", "server confiture_source"),
                List.of(),
                List.of());
    }

    public static DraftReport draft() {
        return new DraftReport("# A draft.\n\"*\": {}\n", 1, 2, 3);
    }

    public static AnalyzeReport analyze(List<Finding> findings) {
        return new AnalyzeReport(
                "postgresql://shop@localhost:5432/shop_old",
                "postgresql://shop@localhost:5433/shop_new",
                List.of(
                        new AnalyzeReport.EntryPlan(
                                "users",
                                "old_users",
                                "users",
                                1_234_567,
                                1_200_000_000,
                                "copy",
                                "10 million rows or fewer, but COPY was faster on a sample",
                                200.0,
                                List.of(
                                        new AnalyzeReport.ColumnPlan(
                                                "explicit",
                                                "full_name",
                                                "text",
                                                "display_name",
                                                "text",
                                                "safe",
                                                "lossless"),
                                        new AnalyzeReport.ColumnPlan(
                                                "implied",
                                                "id",
                                                "integer",
                                                "id",
                                                "bigint",
                                                "safe",
                                                "lossless"),
                                        new AnalyzeReport.ColumnPlan(
                                                "default", null, null, "plan", "text", null, null),
                                        new AnalyzeReport.ColumnPlan(
                                                "ignored",
                                                "fax",
                                                "text",
                                                null,
                                                null,
                                                null,
                                                "needs a default"))),
                        new AnalyzeReport.EntryPlan(
                                "log",
                                "log",
                                "log",
                                -1,
                                0,
                                "fdw",
                                "as the mapping says",
                                null,
                                List.of())),
                List.of("old_sessions"),
                findings,
                List.of(
                        new AnalyzeReport.Loss(
                                "old_audit",
                                null,
                                "impossible",
                                "needs a value for actor in rows that the new database adds, and"
                                        + " no new column feeds it",
                                "Add to an entry of old_audit reverse: {actor: SQL over the new"
                                        + " table's columns}."),
                        new AnalyzeReport.Loss(
                                "old_users",
                                "birthday",
                                "ends here",
                                "it became text, which may alter a value",
                                null)),
                new ProofReport(1_234_567, List.of(), List.of("users: CHECK constraint adult")));
    }

    public static MigrateReport migrate() {
        return new MigrateReport(
                false,
                false,
                List.of(
                        new MigrateReport.Entry(
                                "users",
                                "old_users",
                                "users",
                                "copy",
                                "fits",
                                1_000_000,
                                100_000_000,
                                12,
                                4.0)),
                List.of(new MigrateReport.Step("copy", 4.0), new MigrateReport.Step("index", 0.02)),
                1,
                List.of("users_email was rebuilt"));
    }

    public static VerifyReport agreeing() {
        return verification(List.of(equal("users", 1000)), orphans(0, false));
    }

    public static VerifyReport differing() {
        return verification(
                List.of(
                        new VerifyReport.TableResult(
                                "users",
                                List.of("users"),
                                1000,
                                999,
                                2,
                                1,
                                0,
                                1,
                                0,
                                List.of(
                                        new RowDifference(
                                                RowDifference.Kind.MISSING, "17", List.of()),
                                        new RowDifference(
                                                RowDifference.Kind.DIFFERENT,
                                                "18",
                                                List.of("email", "name")))),
                        new VerifyReport.TableResult(
                                "orders",
                                List.of("orders"),
                                5,
                                7,
                                1,
                                0,
                                2,
                                0,
                                0,
                                List.of(
                                        new RowDifference(
                                                RowDifference.Kind.UNEXPECTED, "6", List.of())))),
                orphans(3, false));
    }

    /** As many rows on both sides, one of them with another value. */
    public static VerifyReport differingInValues() {
        return verification(
                List.of(
                        new VerifyReport.TableResult(
                                "users",
                                List.of("users"),
                                1000,
                                1000,
                                2,
                                0,
                                0,
                                1,
                                0,
                                List.of(
                                        new RowDifference(
                                                RowDifference.Kind.DIFFERENT,
                                                "18",
                                                List.of("email"))))),
                orphans(0, false));
    }

    /** Orphans that the new schema tolerates. */
    public static VerifyReport tolerating() {
        return verification(List.of(equal("orders", 5)), orphans(2, true));
    }

    public static VerifyReport orphaned() {
        return verification(List.of(equal("users", 1000)), orphans(1, false));
    }

    private static VerifyReport verification(
            List<VerifyReport.TableResult> tables, VerifyReport.Orphans orphans) {
        return new VerifyReport(
                false,
                true,
                tables,
                List.of(orphans),
                List.of(new VerifyReport.Duplicates("users_place_key", "users", 0)),
                List.of(
                        new VerifyReport.SequenceResult(
                                "users_id_seq", "users", "id", "1001", "1000", false, false)),
                List.of());
    }

    private static VerifyReport.TableResult equal(String table, long rows) {
        return new VerifyReport.TableResult(
                table, List.of(table), rows, rows, 1, 0, 0, 0, 0, List.of());
    }

    private static VerifyReport.Orphans orphans(long orphans, boolean tolerated) {
        return new VerifyReport.Orphans(
                "orders_user_id_fkey", "orders", "users", orphans, tolerated);
    }

    public static StatusReport status() {
        return new StatusReport(
                "static",
                "COPYING",
                true,
                "2026-11-22T22:00:00Z",
                "postgresql://shop@localhost:5432/shop_old",
                "postgresql://shop@localhost:5433/shop_new",
                List.of(
                        new StatusReport.Entry(
                                "users", "old_users", "users", "copy", "copied", 1000, 990, 2, 2),
                        new StatusReport.Entry(
                                "orders",
                                "old_orders",
                                "orders",
                                "fdw",
                                "copying",
                                500,
                                3000,
                                1,
                                6)),
                List.of("index users_email"),
                12_345.6,
                3725.0,
                null,
                null,
                null,
                null);
    }

    /** After a cutover, while somebody still writes to the old side. */
    public static StatusReport statusAfterCutover() {
        return new StatusReport(
                "live",
                "cut over",
                true,
                "2026-11-22T22:00:00Z",
                "postgresql://shop@localhost:5432/shop_old",
                "postgresql://shop@localhost:5433/shop_new",
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                new StatusReport.Switchover(
                        "cutover",
                        "done",
                        "2026-11-22T21:59:58Z",
                        "2026-11-22T22:00:00Z",
                        true,
                        4.25,
                        cutover().steps()),
                new StatusReport.LeftSide(
                        "source",
                        new Knocks(
                                2,
                                "2026-11-22T22:01:00Z",
                                List.of(
                                        new Knocks.Visitor("shop", "HikariCP", 8),
                                        new Knocks.Visitor("cron", "psql", 1)))));
    }

    public static StatusReport statusOfAnInterruptedRollback() {
        StatusReport done = statusAfterCutover();
        return new StatusReport(
                done.mode(),
                done.phase(),
                false,
                done.since(),
                done.source(),
                done.target(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                new StatusReport.Switchover(
                        "rollback",
                        "interrupted",
                        "2026-11-22T21:59:58Z",
                        null,
                        true,
                        null,
                        List.of()),
                null);
    }

    public static CutoverReport cutover() {
        return new CutoverReport(
                "done",
                "postgresql://shop@localhost:5433/shop_new",
                List.of(
                        PreflightItem.good("prepared transactions", "none"),
                        PreflightItem.warning(
                                "statistics",
                                "public.users",
                                "ANALYZE them, or the first queries there are slow.")),
                87.4,
                List.of(
                        new SwitchoverRecord.Step("catch up", 1203.5),
                        new SwitchoverRecord.Step("pause: lock the tables", 4.25)),
                List.of("orders_user_id_fkey is NOT VALID"));
    }

    public static CleanupReport cleanup() {
        return new CleanupReport(
                "postgresql://shop@localhost:5433/shop_new",
                List.of("schema old_schema"),
                List.of("extension postgres_fdw: it was there before"));
    }
}
