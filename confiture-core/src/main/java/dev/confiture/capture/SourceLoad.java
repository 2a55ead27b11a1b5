package dev.confiture.capture;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;

/**
 * How busy the source is.
 *
 * @param standbySeconds by how much its slowest standby is behind; 0 if there is none
 * @param activeSessions sessions of others that run a statement
 */
public record SourceLoad(double standbySeconds, long activeSessions) {
    public static SourceLoad of(Session source) {
        return source.queryOne(
                SqlText.named("capture/read_source_load"),
                row -> new SourceLoad(Double.parseDouble(row.text(1)), row.number(2)));
    }

    /** For how long our oldest transaction with a snapshot is open; 0 if there is none. */
    public static double oldestSnapshotSeconds(Session source) {
        return source.queryOne(
                SqlText.named("capture/read_oldest_snapshot"),
                row -> Double.parseDouble(row.text(1)));
    }
}
