package dev.confiture.analyze.prove;

import java.util.List;

/**
 * The keys of some rows.
 *
 * @param columns their names; empty if the rows have no key
 * @param samples as text, at most {@link KeyLabel#SAMPLES}
 */
record Keys(List<String> columns, List<String> samples) {
    /** Of the rows of an entry that meet a condition, by the target's key. */
    static Keys ofRows(Snapshot snapshot, EntryRows rows, String condition) {
        List<String> key = rows.key();
        if (key.isEmpty()) {
            return new Keys(key, List.of());
        }
        String label = label(rows);
        return new Keys(
                key,
                snapshot.ask(select(label, rows.from() + " WHERE " + condition), row -> row.text(1))
                        .rows());
    }

    /** The label of a row of {@link EntryRows#from}. */
    static String label(EntryRows rows) {
        return KeyLabel.of(rows.key().stream().map(rows::column).toList());
    }

    /** The first few labels of a FROM item, in order. */
    static String select(String label, String from) {
        return "SELECT "
                + label
                + " FROM "
                + from
                + " ORDER BY "
                + KeyLabel.order(label)
                + " LIMIT "
                + KeyLabel.SAMPLES;
    }
}
