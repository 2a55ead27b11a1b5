package dev.confiture.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a catalog or ledger query, read by column number from 1. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(int column) throws SQLException {
        String value = result.getString(column);
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }

    public @Nullable String textOrNull(int column) throws SQLException {
        return result.getString(column);
    }

    public long number(int column) throws SQLException {
        return result.getLong(column);
    }

    public boolean truth(int column) throws SQLException {
        return result.getBoolean(column);
    }

    /** A {@code text[]}; NULL reads as empty. */
    public List<String> texts(int column) throws SQLException {
        Array array = result.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(Row row) throws SQLException;
    }
}
