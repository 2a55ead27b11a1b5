package dev.confiture.mapping;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * How people write a table's name, in the mapping and on the command line: {@code users}, which is
 * in {@code public}, or {@code billing.users}. A part that holds a dot or a quote is put in double
 * quotes, as in SQL. Unlike in SQL, case is always kept.
 */
public final class TableReference {
    static final String FORM =
            "Write NAME or SCHEMA.NAME; a part that holds a dot or a quote goes in double quotes,"
                    + " as in '\"odd.name\"'.";

    private static final String DEFAULT_SCHEMA = "public";

    private TableReference() {}

    /** The table that is meant, or nothing if the text is no table's name. */
    public static Optional<TableName> parse(String text) {
        List<String> names =
                QuotedNames.split(text, ".").orElse(List.of()).stream()
                        .map(QuotedNames.Part::name)
                        .toList();
        if (names.isEmpty() || names.size() > 2 || names.contains("")) {
            return Optional.empty();
        }
        return Optional.of(
                names.size() == 1
                        ? new TableName(DEFAULT_SCHEMA, names.getFirst())
                        : new TableName(names.getFirst(), names.getLast()));
    }

    /** The shortest text that {@link #parse} reads as this table. */
    public static String write(TableName table) {
        String name = part(table.name());
        return table.schema().equals(DEFAULT_SCHEMA) ? name : part(table.schema()) + "." + name;
    }

    private static String part(String name) {
        boolean plain = name.indexOf('.') < 0 && name.indexOf('"') < 0 && name.strip().equals(name);
        return plain ? name : Identifier.quote(name);
    }
}
