package dev.confiture.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row of a catalog or ledger query, read by column number from 1. */
public final class Row {
    private final End end;
    private final ResultSet result;

    Row(End end, ResultSet result) {
        this.end = end;
        this.result = result;
    }

    public String text(int column) {
        return Objects.requireNonNull(textOrNull(column), () -> "column " + column + " is null");
    }

    public @Nullable String textOrNull(int column) {
        return read(() -> result.getString(column));
    }

    public long number(int column) {
        return read(() -> result.getLong(column));
    }

    public boolean truth(int column) {
        return read(() -> result.getBoolean(column));
    }

    /** A {@code text[]}; NULL reads as empty. */
    public List<String> texts(int column) {
        return read(
                () -> {
                    Array array = result.getArray(column);
                    return array == null ? List.of() : List.of((String[]) array.getArray());
                });
    }

    private <T extends @Nullable Object> T read(Cell<T> cell) {
        try {
            return cell.value();
        } catch (SQLException cause) {
            throw SqlFailure.of(end, cause);
        }
    }

    private interface Cell<T extends @Nullable Object> {
        T value() throws SQLException;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(Row row);
    }
}
