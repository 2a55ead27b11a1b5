package dev.confiture.inverse;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an old column gets its value from a new table.
 *
 * @param column the column of the new table that is carried as it is, or null
 * @param sql the value as SQL over the new table
 */
record Feed(@Nullable String column, String sql) {
    private static final Pattern NAME =
            Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_][A-Za-z_0-9$]*))\\s*");

    static Feed of(Table table, String column) {
        return new Feed(
                column, Identifier.quote(table.name().name()) + "." + Identifier.quote(column));
    }

    /** SQL of {@code reverse}; a column's bare name is that column. */
    static Feed reverse(Table table, String sql) {
        return bareName(sql)
                .filter(name -> table.column(name).isPresent())
                .map(name -> of(table, name))
                .orElseGet(() -> new Feed(null, sql));
    }

    private static Optional<String> bareName(String sql) {
        Matcher name = NAME.matcher(sql);
        if (!name.matches()) {
            return Optional.empty();
        }
        return name.group(1) == null
                ? Optional.of(name.group(2).toLowerCase(Locale.ROOT))
                : Optional.of(name.group(1).replace("\"\"", "\""));
    }
}
