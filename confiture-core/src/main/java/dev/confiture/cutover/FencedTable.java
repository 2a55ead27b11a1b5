package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table, or a partition of one, with what stands there of a fence.
 *
 * <p>Rows are written to tables and to the lowest partitions only, so a trigger FOR EACH ROW
 * belongs there; and a TRUNCATE names any of them. A partitioned table also stops whole statements,
 * which is what finds a partition that was attached later.
 *
 * @param partitioned whether it holds partitions and no rows of its own
 * @param triggers {@code name:state} of our triggers, apart by blanks; the state is {@code D} for
 *     one that is off and {@code A} for one that fires for everybody
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-trigger.html">pg_trigger</a>
 */
record FencedTable(TableName table, boolean partitioned, String triggers) {
    private static final String ROWS = "confiture_fence_rows";
    private static final String STATEMENTS = "confiture_fence_statements";
    private static final String DENY = " EXECUTE FUNCTION confiture.deny_write()";

    /** The tables and all their partitions, in the order of their names. */
    static List<FencedTable> of(Session session, List<TableName> tables) {
        return session.query(
                SqlText.named("cutover/list_fenced_tables"),
                FencedTable::read,
                tables.stream().map(TableName::schema).toList(),
                tables.stream().map(TableName::name).toList());
    }

    /** Every table of the database that has a trigger of ours. */
    static List<FencedTable> all(Session session) {
        return session.query(SqlText.named("cutover/list_fences"), FencedTable::read);
    }

    private static FencedTable read(Row row) {
        return new FencedTable(new TableName(row.text(1), row.text(2)), row.truth(3), row.text(4));
    }

    boolean isClosed() {
        return triggers.contains(":A");
    }

    private List<String> present() {
        return Stream.of(ROWS, STATEMENTS).filter(triggers::contains).toList();
    }

    /** Stops every writer; superusers and replicas too, hence ALWAYS. */
    String closing() {
        StringBuilder statements = new StringBuilder();
        String name = table.quoted();
        if (!partitioned && !triggers.contains(ROWS)) {
            statements.append(
                    "CREATE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW%s;"
                            .formatted(ROWS, name, DENY));
        }
        if (!triggers.contains(STATEMENTS)) {
            statements.append(
                    "CREATE TRIGGER %s BEFORE %sTRUNCATE ON %s FOR EACH STATEMENT%s;"
                            .formatted(
                                    STATEMENTS,
                                    partitioned ? "INSERT OR UPDATE OR DELETE OR " : "",
                                    name,
                                    DENY));
        }
        List<String> all = partitioned ? List.of(STATEMENTS) : List.of(ROWS, STATEMENTS);
        return statements
                + "ALTER TABLE ONLY "
                + name
                + " "
                + all.stream()
                        .map(trigger -> "ENABLE ALWAYS TRIGGER " + trigger)
                        .collect(Collectors.joining(", "));
    }

    String dropping() {
        return String.join(
                ";",
                present().stream()
                        .map(trigger -> "DROP TRIGGER %s ON %s".formatted(trigger, table.quoted()))
                        .toList());
    }
}
