package dev.confiture.property;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of the source with its rows.
 *
 * @param keyColumns how many columns from the start make its key; 0 for none
 * @param rows values in their text form, in the order of the columns
 */
record SourceTable(
        String schema,
        String name,
        List<Column> columns,
        int keyColumns,
        Shape shape,
        List<List<@Nullable String>> rows) {
    /** What a table has besides its own rows. */
    enum Shape {
        ALONE,
        PARTITIONS,
        HEIRS
    }

    record Column(String name, ValueType type) {
        String quoted() {
            return Names.quote(name);
        }
    }

    /**
     * What a key is made of.
     *
     * @param value a value for every number, no two alike
     */
    record KeyPart(ValueType type, IntFunction<String> value) {}

    String quoted() {
        return Names.quote(schema) + "." + Names.quote(name);
    }

    /** As a FROM item, without the rows of tables that inherit from it. */
    String ownRows() {
        return shape == Shape.HEIRS ? "ONLY " + quoted() : quoted();
    }

    /** A column as the SQL of a mapping writes it. */
    String reference(Column column) {
        return Names.quote(name) + "." + column.quoted();
    }

    List<Column> key() {
        return columns.subList(0, keyColumns);
    }

    List<Column> others() {
        return columns.subList(keyColumns, columns.size());
    }

    String keyList() {
        return key().stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** Whether SQL of the user's finds the table under the same name on the target. */
    boolean movable() {
        return schema.equals("public")
                && !name.contains(".")
                && name.getBytes(StandardCharsets.UTF_8).length <= 63
                && !name.matches(".*~[0-9a-f]{12}");
    }

    String insert() {
        if (rows.isEmpty()) {
            return "";
        }
        return "INSERT INTO "
                + quoted()
                + " ("
                + columns.stream().map(Column::quoted).collect(Collectors.joining(", "))
                + ") VALUES\n"
                + rows.stream()
                        .map(
                                row ->
                                        row.stream()
                                                .map(SourceTable::literal)
                                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(",\n"))
                + ";\n";
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }
}
