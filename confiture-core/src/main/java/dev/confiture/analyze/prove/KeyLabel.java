package dev.confiture.analyze.prove;

import dev.confiture.catalog.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the key of a row as one text, for a message. */
final class KeyLabel {
    /** How many keys a message shows. */
    static final int SAMPLES = 5;

    private static final int LONGEST = 60;

    private KeyLabel() {}

    /** The label of a row whose key columns are the given SQL; {@code NULL} without any. */
    static String of(List<String> columns) {
        if (columns.isEmpty()) {
            return "CAST(NULL AS text)";
        }
        String parts =
                columns.stream()
                        .map(column -> "coalesce(CAST(" + column + " AS text), 'NULL')")
                        .collect(Collectors.joining(", "));
        String whole =
                columns.size() == 1 ? parts : "concat('(', concat_ws(', ', " + parts + "), ')')";
        return "\"left\"(" + whole + ", " + LONGEST + ")";
    }

    /** The same for columns of a relation. */
    static String of(String alias, List<String> columns) {
        return of(columns.stream().map(it -> alias + "." + Identifier.quote(it)).toList());
    }

    /** Orders labels so that numbers stand as numbers do. */
    static String order(String label) {
        return "char_length(" + label + "), " + label + " COLLATE \"C\"";
    }
}
