package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/**
 * A table as the stream describes it before its first change, and again whenever it was altered.
 *
 * @param keyPositions for each column that the stream sends its place in the key, or {@link
 *     #NO_KEY}
 * @param keySize how many columns make the key; 0 if the table is not captured
 */
record Relation(TableName table, List<Integer> keyPositions, int keySize) {
    static final int NO_KEY = -1;

    /**
     * A column as the stream describes it.
     *
     * @param identity whether its old value is sent with an UPDATE or DELETE
     */
    record Column(String name, Identity identity) {
        enum Identity {
            PART,
            NONE
        }
    }

    /** One that is described but never changed, such as a partition beside its root. */
    static Relation notCaptured(TableName table) {
        return new Relation(table, List.of(), 0);
    }

    /** Holds the description against the table that was asked for. */
    static Relation of(CapturedTable captured, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        Integer[] positions = new Integer[columns.size()];
        Arrays.fill(positions, NO_KEY);
        for (int place = 0; place < captured.columns().size(); place++) {
            String wanted = captured.columns().get(place);
            int index = names.indexOf(wanted);
            if (index < 0) {
                throw changed(
                        captured.table(),
                        "the stream of changes no longer has column " + wanted,
                        "The column was renamed or dropped, or the publication was altered.");
            }
            if (columns.get(index).identity() == Column.Identity.NONE) {
                throw changed(
                        captured.table(),
                        "its replica identity no longer covers column " + wanted,
                        "Set the replica identity as it was, with ALTER TABLE "
                                + captured.table().quoted()
                                + " REPLICA IDENTITY.");
            }
            positions[index] = place;
        }
        return new Relation(captured.table(), List.of(positions), captured.columns().size());
    }

    boolean isCaptured() {
        return keySize > 0;
    }

    private static ConfitureException changed(TableName table, String what, String hint) {
        return new ConfitureException(
                ErrorCode.SOURCE_CHANGED, "source table " + table.display() + ": " + what, hint);
    }
}
