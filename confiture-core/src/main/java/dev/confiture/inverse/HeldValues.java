package dev.confiture.inverse;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values at which a condition holds columns of a table, as in {@code kind = 'person' AND NOT
 * deleted}. Reads nothing but the plainest form: of any other condition it knows nothing.
 */
final class HeldValues {
    private static final String COLUMN = "(?:[A-Za-z_][A-Za-z_0-9$]*\\.)?([A-Za-z_][A-Za-z_0-9$]*)";
    private static final Pattern EQUALITY =
            Pattern.compile(
                    COLUMN + "\\s*=\\s*('(?:[^'\\\\]|'')*'|-?[0-9]+(?:\\.[0-9]+)?|true|false)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern IS_NULL =
            Pattern.compile(COLUMN + "\\s+IS\\s+NULL", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRUTH =
            Pattern.compile("(NOT\\s+)?" + COLUMN, Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("\\s+AND\\s+", Pattern.CASE_INSENSITIVE);

    private HeldValues() {}

    /** Column to SQL; empty if one term of the condition is of another form. */
    static Map<String, String> of(String condition, Table table) {
        Map<String, String> held = new LinkedHashMap<>();
        for (String term : AND.split(condition.strip(), -1)) {
            if (!hold(term.strip(), table, held)) {
                return Map.of();
            }
        }
        return held;
    }

    private static boolean hold(String term, Table table, Map<String, String> held) {
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            return column(equality.group(1), table)
                    .map(column -> held.put(column.name(), equality.group(2)) == null)
                    .orElse(false);
        }
        Matcher isNull = IS_NULL.matcher(term);
        if (isNull.matches()) {
            return column(isNull.group(1), table)
                    .map(column -> held.put(column.name(), "NULL") == null)
                    .orElse(false);
        }
        Matcher truth = TRUTH.matcher(term);
        return truth.matches()
                && column(truth.group(2), table)
                        .filter(column -> column.type().base().equals("boolean"))
                        .map(
                                column ->
                                        held.put(
                                                        column.name(),
                                                        truth.group(1) == null ? "true" : "false")
                                                == null)
                        .orElse(false);
    }

    private static Optional<Column> column(String name, Table table) {
        return table.column(name.toLowerCase(Locale.ROOT));
    }
}
