package dev.confiture.identity;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statement that gives a table a replica identity that fits. */
final class IdentityRemedy {
    private static final String LOCK =
            "It takes an ACCESS EXCLUSIVE lock for a moment: set lock_timeout to 1s before, and try"
                    + " again if it runs out.";

    private final List<UniqueIndex> indexes;

    private IdentityRemedy(List<UniqueIndex> indexes) {
        this.indexes = indexes;
    }

    private record UniqueIndex(
            TableName table, String name, boolean primary, List<String> columns) {}

    static IdentityRemedy read(Session source, Collection<TableName> tables) {
        return new IdentityRemedy(
                source.query(
                        SqlText.named("identity/list_unique_indexes"),
                        row ->
                                new UniqueIndex(
                                        new TableName(row.text(1), row.text(2)),
                                        row.text(3),
                                        row.truth(4),
                                        row.texts(5)),
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList()));
    }

    /** What to run for tables that want the same, and what it costs. */
    String text(List<ReplicaIdentity> leaves, List<String> wanted) {
        List<Optional<String>> statements =
                leaves.stream().map(leaf -> statement(leaf, wanted)).toList();
        if (statements.stream().anyMatch(Optional::isEmpty)) {
            return "Map the table by columns of a unique, NOT NULL index that the server does not"
                    + " compute.";
        }
        String sql =
                statements.stream().flatMap(Optional::stream).collect(Collectors.joining("\n"));
        return "Run on the source: "
                + sql
                + "\n"
                + LOCK
                + (sql.contains("IDENTITY FULL;")
                        ? " From then on each UPDATE and DELETE writes the whole old row into the"
                                + " WAL."
                        : "");
    }

    private Optional<String> statement(ReplicaIdentity identity, List<String> wanted) {
        if (wanted.stream().anyMatch(identity.unsent()::contains)) {
            return Optional.empty();
        }
        String alter = "ALTER TABLE " + identity.leaf().quoted();
        Optional<String> index =
                indexes.stream()
                        .filter(one -> one.table().equals(identity.leaf()))
                        .filter(one -> one.columns().containsAll(wanted))
                        .findFirst()
                        .map(one -> alter + " REPLICA IDENTITY " + using(one) + ";");
        return index.or(
                () ->
                        identity.virtualColumns()
                                ? Optional.empty()
                                : Optional.of(alter + " REPLICA IDENTITY FULL;"));
    }

    private static String using(UniqueIndex index) {
        return index.primary() ? "DEFAULT" : "USING INDEX " + Identifier.quote(index.name());
    }
}
