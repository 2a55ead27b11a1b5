package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.Arrays;
import java.util.List;

/** Catalogs written by hand. */
public final class Schemas {
    private Schemas() {}

    public static Catalog catalog(Table... tables) {
        return Catalog.of(180_001, "UTF8", List.of(tables), List.of(), List.of());
    }

    /**
     * A table whose first column, if it is called id, is its key.
     *
     * @param columns as {@link #column}
     */
    public static Table table(String name, String... columns) {
        boolean id = columns.length > 0 && columns[0].startsWith("id ");
        return new Table(
                TableReference.parse(name).orElseThrow(),
                Table.Kind.ORDINARY,
                Arrays.stream(columns).map(Schemas::column).toList(),
                id ? List.of(new Key(name + "_pkey", List.of("id"), true)) : List.of(),
                false,
                -1,
                0,
                false);
    }

    static TableName name(String name) {
        return TableReference.parse(name).orElseThrow();
    }

    /**
     * A column.
     *
     * @param text its name, a blank and its type, which may end with {@code !} for NOT NULL, {@code
     *     =} for a default, {@code ^} for generated and {@code @} for identity ALWAYS
     */
    public static Column column(String text) {
        String name = text.substring(0, text.indexOf(' '));
        String type = text.substring(name.length() + 1).replaceAll("[!=^@]", "");
        return new Column(
                name,
                1,
                type(type),
                text.contains("!"),
                text.contains("=") ? "now()" : null,
                text.contains("^"),
                text.contains("@") ? Column.Identity.ALWAYS : Column.Identity.NONE,
                null);
    }

    static ColumnType type(String declared) {
        String base = declared.replaceAll("\\([^)]*\\)", "");
        boolean builtIn = !declared.contains(".");
        return new ColumnType(
                declared,
                switch (base) {
                    case "character" -> "bpchar";
                    case "bit" -> "\"bit\"";
                    default -> base;
                },
                builtIn,
                builtIn ? ColumnType.Kind.BASE : ColumnType.Kind.ENUM);
    }
}
