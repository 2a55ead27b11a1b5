package dev.confiture.hop;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.SqlFailure;

/** A row that the target does not take, or that cannot be made of what the source holds. */
public final class RefusedRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TableName source;
    private final transient TableName target;
    private final String key;
    private final SqlFailure failure;

    RefusedRow(EntryRows rows, String key, SqlFailure failure) {
        super(failure);
        this.source = rows.source().name();
        this.target = rows.target().name();
        this.key = key.replaceAll("^\\{|\\}$", "");
        this.failure = failure;
    }

    /** The table that it comes from. */
    public TableName source() {
        return source;
    }

    /** The table that it was to go into. */
    public TableName target() {
        return target;
    }

    /** Its key in the source, for people. */
    public String key() {
        return key;
    }

    /** What the server said. */
    public SqlFailure failure() {
        return failure;
    }
}
