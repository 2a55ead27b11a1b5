package dev.confiture.postgres;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.KeyComparison;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a database's tables from its catalog, in one snapshot. */
public final class CatalogReader {
    /** Schemas on the target that are ours and never part of a migration. */
    private static final List<String> OWN_SCHEMAS = List.of("confiture", "old_schema");

    private CatalogReader() {}

    public static Catalog read(Session session) {
        return session.inSnapshot(() -> readInSnapshot(session));
    }

    private static Catalog readInSnapshot(Session session) {
        return Catalog.of(
                Math.toIntExact(
                        session.queryOne(
                                "SELECT current_setting('server_version_num')::int",
                                row -> row.number(1))),
                session.queryOne("SELECT current_setting('server_encoding')", row -> row.text(1)),
                tables(session),
                foreignKeys(session),
                sequences(session));
    }

    private static List<Table> tables(Session session) {
        Map<TableName, List<Column>> columns = columns(session);
        Map<TableName, List<Key>> keys = keys(session);
        return session.query(
                SqlText.named("postgres/list_tables"),
                row -> {
                    TableName name = name(row, 1);
                    return new Table(
                            name,
                            Table.Kind.valueOf(row.text(3)),
                            columns.getOrDefault(name, List.of()),
                            keys.getOrDefault(name, List.of()),
                            row.truth(4),
                            row.number(5),
                            row.number(6),
                            row.truth(7));
                },
                OWN_SCHEMAS);
    }

    private static Map<TableName, List<Column>> columns(Session session) {
        Map<TableName, List<Column>> columns = new HashMap<>();
        session.query(
                SqlText.named("postgres/list_columns"),
                row ->
                        columns.computeIfAbsent(name(row, 1), any -> new ArrayList<>())
                                .add(column(row)));
        return columns;
    }

    private static Column column(Row row) {
        return new Column(
                row.text(3),
                Math.toIntExact(row.number(4)),
                new ColumnType(
                        row.text(5),
                        row.text(6),
                        row.truth(7),
                        ColumnType.Kind.valueOf(row.text(8))),
                row.truth(9),
                row.textOrNull(10),
                row.truth(11),
                Column.Identity.valueOf(row.text(12)),
                row.textOrNull(13));
    }

    private static Map<TableName, List<Key>> keys(Session session) {
        Map<TableName, List<Key>> keys = new HashMap<>();
        session.query(
                SqlText.named("postgres/list_keys"),
                row ->
                        keys.computeIfAbsent(name(row, 1), any -> new ArrayList<>())
                                .add(new Key(row.text(3), row.texts(4), row.truth(5))));
        return keys;
    }

    private static List<ForeignKey> foreignKeys(Session session) {
        return session.query(
                SqlText.named("postgres/list_foreign_keys"),
                row ->
                        new ForeignKey(
                                row.text(1),
                                name(row, 2),
                                name(row, 13),
                                row.texts(4),
                                name(row, 5),
                                row.texts(7),
                                row.truth(8),
                                comparisons(row.texts(9), row.texts(10), row.texts(11)),
                                row.truth(12),
                                row.truth(15)));
    }

    private static List<KeyComparison> comparisons(
            List<String> referencedSuffixes,
            List<String> operators,
            List<String> referringSuffixes) {
        List<KeyComparison> comparisons = new ArrayList<>();
        for (int part = 0; part < operators.size(); part++) {
            comparisons.add(
                    new KeyComparison(
                            referencedSuffixes.get(part),
                            operators.get(part),
                            referringSuffixes.get(part)));
        }
        return comparisons;
    }

    private static List<Sequence> sequences(Session session) {
        return session.query(
                SqlText.named("postgres/list_sequences"),
                row -> new Sequence(name(row, 1), name(row, 3), row.text(5), row.number(6)));
    }

    private static TableName name(Row row, int column) {
        return new TableName(row.text(column), row.text(column + 1));
    }
}
