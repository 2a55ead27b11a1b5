package dev.confiture.setup;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.Table;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes CREATE FOREIGN TABLE. A column whose type the target lacks, or knows by that name as
 * something else (an enum with other labels would fail on the first row), is read as {@code text}.
 * NOT NULL is not declared: nothing here would check it, but the planner would trust it.
 */
final class ForeignTableDefinition {
    /** About as many bytes as one fetch should bring. */
    private static final long FETCH_BYTES = 4L << 20;

    private static final int SMALLEST_FETCH = 10;
    private static final int LARGEST_FETCH = 10_000;

    private final Set<String> sharedTypes;
    private final Set<String> collations;

    private ForeignTableDefinition(Set<String> sharedTypes, Set<String> collations) {
        this.sharedTypes = sharedTypes;
        this.collations = collations;
    }

    static ForeignTableDefinition between(SourceLink source, Session target) {
        List<String> types =
                ofColumns(
                        source,
                        column ->
                                column.type().builtIn()
                                        ? Stream.empty()
                                        : Stream.of(column.type().base()));
        List<String> collations =
                ofColumns(source, column -> Stream.ofNullable(column.collation()));
        Map<String, String> there = describe(source.session(), types);
        Map<String, String> here = describe(target, types);
        here.entrySet().removeIf(type -> !type.getValue().equals(there.get(type.getKey())));
        return new ForeignTableDefinition(
                here.keySet(),
                new HashSet<>(
                        target.query(
                                SqlText.named("setup/list_collations"),
                                row -> row.text(1),
                                collations)));
    }

    private static List<String> ofColumns(
            SourceLink source, Function<Column, Stream<String>> property) {
        return source.catalog().tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .flatMap(property)
                .distinct()
                .toList();
    }

    private static Map<String, String> describe(Session session, List<String> types) {
        Map<String, String> described = new HashMap<>();
        session.query(
                SqlText.named("setup/describe_types"),
                row -> described.put(row.text(1), row.text(2)),
                types);
        return described;
    }

    String createStatement(Table table) {
        return statement(table, fetchSize(table));
    }

    /** The mark, and a fingerprint of all but the fetch size, which changes with the rows. */
    String comment(Table table) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(statement(table, 0).getBytes(StandardCharsets.UTF_8));
            return Mark.with(HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException("every JDK has SHA-256", cause);
        }
    }

    private String statement(Table table, int fetchSize) {
        return table.columns().stream()
                        .map(this::column)
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "CREATE FOREIGN TABLE "
                                                + ForeignTableName.of(table.name()).quoted()
                                                + " (",
                                        ")"))
                + " SERVER "
                + Identifier.quote(ForeignServer.NAME)
                + " OPTIONS (schema_name "
                + Literal.quote(table.name().schema())
                + ", table_name "
                + Literal.quote(table.name().name())
                + ", fetch_size '"
                + fetchSize
                + "')";
    }

    private String column(Column column) {
        ColumnType type = column.type();
        boolean known = type.builtIn() || sharedTypes.contains(type.base());
        String collation = column.collation();
        return Identifier.quote(column.name())
                + " "
                + (known ? type.declared() : "text")
                + (collation != null && collations.contains(collation)
                        ? " COLLATE " + collation
                        : "");
    }

    /** Rows per fetch, from the average width of a row with its TOASTed values. */
    static int fetchSize(Table table) {
        if (table.bytes() <= FETCH_BYTES) {
            return LARGEST_FETCH;
        }
        if (table.estimatedRows() <= 0) {
            return 100;
        }
        long rowBytes = Math.max(1, table.bytes() / table.estimatedRows());
        return Math.clamp(FETCH_BYTES / rowBytes, SMALLEST_FETCH, LARGEST_FETCH);
    }
}
