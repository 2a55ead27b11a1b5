package dev.confiture.cli;

import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.analyze.prove.ProofReport;
import dev.confiture.build.BuildReport;
import dev.confiture.draft.DraftReport;
import dev.confiture.error.Finding;
import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.StatusReport;
import dev.confiture.setup.CleanupReport;
import dev.confiture.setup.SetupReport;
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
        return new VerifyReport(
                List.of(new VerifyReport.Count("users", List.of("users"), 1000, 1000)),
                List.of(
                        new VerifyReport.Orphans(
                                "orders_user_id_fkey", "orders", "users", 0, false)));
    }

    public static VerifyReport differing() {
        return new VerifyReport(
                List.of(
                        new VerifyReport.Count("users", List.of("users"), 1000, 999),
                        new VerifyReport.Count("orders", List.of("orders"), 5, 7)),
                List.of(
                        new VerifyReport.Orphans(
                                "orders_user_id_fkey", "orders", "users", 3, false)));
    }

    /** Orphans that the new schema tolerates. */
    public static VerifyReport tolerating() {
        return new VerifyReport(
                List.of(new VerifyReport.Count("orders", List.of("orders"), 5, 5)),
                List.of(
                        new VerifyReport.Orphans(
                                "orders_user_id_fkey", "orders", "users", 2, true)));
    }

    public static VerifyReport orphaned() {
        return new VerifyReport(
                List.of(new VerifyReport.Count("users", List.of("users"), 1000, 1000)),
                List.of(
                        new VerifyReport.Orphans(
                                "orders_user_id_fkey", "orders", "users", 1, false)));
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
                null);
    }

    public static CleanupReport cleanup() {
        return new CleanupReport(
                "postgresql://shop@localhost:5433/shop_new",
                List.of("schema old_schema"),
                List.of("extension postgres_fdw: it was there before"));
    }
}
