package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at one side before a switchover: at the one that is left, or at the one that is next. */
public final class SideChecks {
    private SideChecks() {}

    /**
     * The side that the application writes to now.
     *
     * @param owner a session of the tables' owner
     * @param longest how long a transaction may hold a table
     */
    public static List<PreflightItem> left(
            Session owner, List<TableName> tables, Duration longest) {
        List<PreflightItem> items = new ArrayList<>();
        items.add(rights(owner, tables));
        List<Holder> holders = Holder.of(owner, tables);
        items.add(prepared(holders));
        items.add(old(owner, holders, longest));
        return items;
    }

    private static PreflightItem rights(Session owner, List<TableName> tables) {
        String side = owner.end().label();
        return owner.queryOne(
                SqlText.named("cutover/describe_rights"),
                row -> {
                    String check = "rights on the " + side;
                    if (!row.text(3).isEmpty()) {
                        return PreflightItem.blocker(
                                check,
                                row.text(1) + " does not own " + row.text(3),
                                "Only the owner can keep writers off a table. Name the owner's"
                                        + " login as admin_url in the environment file of the "
                                        + side
                                        + ".");
                    }
                    if (!row.truth(2)) {
                        return PreflightItem.blocker(
                                check,
                                row.text(1) + " may not make the schema of the fence",
                                "GRANT CREATE ON DATABASE … TO " + row.text(1) + " on the " + side);
                    }
                    if (!row.truth(4)) {
                        return PreflightItem.blocker(
                                check,
                                "the language plpgsql is missing",
                                "CREATE EXTENSION plpgsql; on the " + side);
                    }
                    return PreflightItem.good(
                            check, row.text(1) + " owns all " + tables.size() + " tables");
                },
                tables.stream().map(TableName::schema).toList(),
                tables.stream().map(TableName::name).toList());
    }

    private static PreflightItem prepared(List<Holder> holders) {
        List<Holder> prepared = holders.stream().filter(one -> one.prepared() != null).toList();
        return prepared.isEmpty()
                ? PreflightItem.good("prepared transactions", "none")
                : PreflightItem.blocker(
                        "prepared transactions",
                        Holder.list(prepared),
                        prepared.getFirst().remedy());
    }

    private static PreflightItem old(Session owner, List<Holder> holders, Duration longest) {
        List<Holder> old =
                holders.stream()
                        .filter(one -> one.prepared() == null && !one.isAutovacuum())
                        .filter(one -> one.age().compareTo(longest) > 0)
                        .toList();
        String check = "long transactions";
        return old.isEmpty()
                ? PreflightItem.good(check, "none is older than " + longest.toSeconds() + " s")
                : PreflightItem.blocker(
                        check,
                        Holder.list(old),
                        "Wait until they have ended, or end them on the "
                                + owner.end().label()
                                + ": "
                                + old.getFirst().remedy());
    }

    /**
     * The side that it is to write to.
     *
     * @param session of the tables' owner
     */
    public static List<PreflightItem> next(Session session, List<TableName> tables) {
        return List.of(
                rights(session, tables),
                listed(
                        session,
                        tables,
                        "cutover/list_unfinished",
                        "constraints and indexes",
                        "all valid",
                        "VALIDATE CONSTRAINT or REINDEX them."),
                listed(
                        session,
                        tables,
                        "cutover/list_statistics",
                        "statistics",
                        "every table was analyzed",
                        "ANALYZE them, or the first queries there are slow."));
    }

    private static PreflightItem listed(
            Session session,
            List<TableName> tables,
            String query,
            String check,
            String good,
            String remedy) {
        List<String> found =
                session.query(
                        SqlText.named(query),
                        row -> row.text(1),
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList());
        return found.isEmpty()
                ? PreflightItem.good(check, good)
                : PreflightItem.warning(check, String.join(", ", found), remedy);
    }
}
