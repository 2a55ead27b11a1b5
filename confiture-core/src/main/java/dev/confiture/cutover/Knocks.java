package dev.confiture.cutover;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who still comes to a database that has given its tables away.
 *
 * @param refused how many statements were refused at the fence
 * @param last when the last one was, ISO 8601 in UTC, or null
 * @param clients who is connected now, for people
 */
public record Knocks(long refused, @Nullable String last, List<String> clients) {
    public Knocks {
        clients = List.copyOf(clients);
    }

    /** Empty if there is no fence that is closed. */
    public static Optional<Knocks> at(Session session) {
        if (!Fence.isClosed(session)) {
            return Optional.empty();
        }
        List<String> clients =
                session.query(
                        SqlText.named("cutover/list_clients"),
                        row ->
                                "%s (user %s, %d session%s)"
                                        .formatted(
                                                row.text(1),
                                                row.text(2),
                                                row.number(3),
                                                row.number(3) == 1 ? "" : "s"));
        return Optional.of(
                session.queryOne(
                        SqlText.named("cutover/read_knocks"),
                        row -> new Knocks(row.number(1), row.textOrNull(2), clients)));
    }
}
