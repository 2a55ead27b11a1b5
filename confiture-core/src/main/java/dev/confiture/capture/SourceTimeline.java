package dev.confiture.capture;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;

/**
 * Which history the source's log belongs to. A standby that takes over begins a new one, and may
 * not have all that the old server had committed.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES">
 *     Timelines</a>
 */
public final class SourceTimeline {
    private SourceTimeline() {}

    /** Eight hexadecimal digits. */
    public static String of(Session source) {
        return source.queryOne(
                "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)", row -> row.text(1));
    }

    /** Fails if the source's history has parted from the one that we know. */
    public static void mustBe(Session source, String known) {
        String present = of(source);
        if (!present.equals(known)) {
            throw new ConfitureException(
                    ErrorCode.SOURCE_CHANGED,
                    "another server has taken over as the source since the last run (timeline "
                            + present
                            + ", was "
                            + known
                            + "); it may lack changes that are on the target already",
                    "Run `confiture s2s migrate --resync`, which copies everything anew; the"
                            + " mapping stays.");
        }
    }
}
