package dev.confiture.cutover;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who still comes to a database that has been left.
 *
 * @param refused writes that the fence has refused since it went up
 * @param lastAt when it last did, ISO 8601 in UTC, or null if it never did
 * @param visitors who is connected there now, readers too; at most five, those with most sessions
 */
public record Knocks(long refused, @Nullable String lastAt, List<Visitor> visitors) {
    public Knocks {
        visitors = List.copyOf(visitors);
    }

    /** Empty if no fence of ours was ever put up there. Reads counters only. */
    public static Optional<Knocks> on(Session session) {
        boolean counted =
                session.queryOne(
                        "SELECT to_regclass('confiture.last_knock') IS NOT NULL",
                        row -> row.truth(1));
        return counted ? Optional.of(read(session)) : Optional.empty();
    }

    private static Knocks read(Session session) {
        List<Visitor> visitors =
                session.query(
                        SqlText.named("cutover/list_visitors"),
                        row -> new Visitor(row.text(1), row.text(2), row.number(3)));
        return session.queryOne(
                SqlText.named("cutover/count_knocks"),
                row -> new Knocks(row.number(1), row.textOrNull(2), visitors));
    }

    /**
     * Sessions of one kind.
     *
     * @param application what they call themselves; may be empty
     */
    public record Visitor(String user, String application, long sessions) {}
}
