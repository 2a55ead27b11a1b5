package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.List;

/**
 * Unique indexes that {@link ObjectRemoval} could not take off. While a table is copied in several
 * chunks, each at a moment of its own, a row that changes in between may be copied twice; the first
 * hop makes one of the two, but the index would refuse the second before.
 */
public final class StayingKeys {
    private StayingKeys() {}

    private record Staying(String table, String index, List<String> views) {}

    /**
     * Holds that there is none.
     *
     * @param tables those that are copied in more than one chunk
     * @throws ConfitureException {@link ErrorCode#TARGET_UNSUPPORTED}
     */
    public static void mustNotBeOn(Session target, Collection<TableName> tables) {
        target
                .query(
                        SqlText.named("copy/list_staying_keys"),
                        row -> new Staying(row.text(1), row.text(2), row.texts(3)),
                        tables.stream().map(TableName::quoted).toList())
                .stream()
                .findFirst()
                .ifPresent(
                        key -> {
                            throw refusal(key);
                        });
    }

    private static ConfitureException refusal(Staying key) {
        String views = String.join(", ", key.views);
        return new ConfitureException(
                ErrorCode.TARGET_UNSUPPORTED,
                "the index "
                        + key.index
                        + " of the target table "
                        + key.table
                        + " cannot be taken off for the copy"
                        + (views.isEmpty() ? "" : ", since it is needed by " + views)
                        + "; a row that the application changes meanwhile may be copied twice, and"
                        + " it would refuse that",
                views.isEmpty()
                        ? "Drop what depends on it, run this again, and make it again afterwards."
                        : "Run on the target: DROP VIEW "
                                + views
                                + "; then run this again, and create what was dropped afterwards.");
    }
}
