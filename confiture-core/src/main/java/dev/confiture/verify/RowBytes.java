package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes by which a row is hashed. A column that travels in binary is taken as it does: that is
 * exact to the last bit and to the last decimal, and costs a fraction of writing it as text. All
 * other columns are written together as the text of a record, which quotes what could be taken for
 * a separator and tells NULL from an empty text. {@code record_send} puts the length before each
 * value and -1 for NULL, so that different rows have different bytes, and writes texts in the
 * session's encoding, which is the same on both sides.
 */
final class RowBytes {
    private RowBytes() {}

    /**
     * SQL for the bytes.
     *
     * @param values SQL for the value of each column that is compared
     */
    static String of(ComparedTable table, List<String> values) {
        List<String> sent = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            boolean same = isSent(table.columns().get(index), table.entries());
            (same ? sent : written).add(values.get(index));
        }
        if (!written.isEmpty()) {
            sent.add("CAST(ROW(" + String.join(", ", written) + ") AS text)");
        }
        return "pg_catalog.record_send(ROW(" + String.join(", ", sent) + "))";
    }

    /** The same for the table and for each of its entries. */
    private static boolean isSent(Column column, List<Derivation> entries) {
        return entries.stream()
                .map(entry -> ComparedTable.derived(entry, column))
                .allMatch(derived -> CopyFormat.sameBytes(derived, column));
    }
}
