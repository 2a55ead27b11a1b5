package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.live.SwitchingWriters;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares what writers were told with what both sides hold, after a cutover without way back. */
final class CommitLedger {
    private CommitLedger() {}

    /** Every acknowledged commit is where it was acknowledged, once, and on the new side. */
    static void mustHold(
            SwitchingWriters writers, TestDatabase old, TestDatabase next, Collection<Kind> kinds)
            throws SQLException {
        Set<Long> notesBefore = new TreeSet<>();
        Set<Long> notesAfter = new TreeSet<>();
        for (Kind kind : kinds) {
            Set<Long> before = writers.acknowledged(kind, Side.OLD);
            Set<Long> after = writers.acknowledged(kind, Side.NEW);
            assertThat(before).as("%s", kind).isNotEmpty();
            assertThat(after).as("%s", kind).isNotEmpty();
            switch (kind) {
                case PARTITION -> mustHold(old, "visits", next, "visits", before, after);
                case NUMBERED -> mustHold(old, "tickets", next, "tickets", before, after);
                case TRUNCATE ->
                        assertThat(ids(next, "scratch"))
                                .isEqualTo(Set.of(((TreeSet<Long>) after).last()));
                default -> {
                    notesBefore.addAll(before);
                    notesAfter.addAll(after);
                }
            }
        }
        mustHold(old, "old_notes", next, "notes", notesBefore, notesAfter);
    }

    private static void mustHold(
            TestDatabase old,
            String oldTable,
            TestDatabase next,
            String nextTable,
            Set<Long> before,
            Set<Long> after)
            throws SQLException {
        assertThat(before).doesNotContainAnyElementsOf(after);
        assertThat(ids(old, oldTable)).isEqualTo(before);
        Set<Long> all = new TreeSet<>(before);
        all.addAll(after);
        assertThat(ids(next, nextTable)).isEqualTo(all);
    }

    private static Set<Long> ids(TestDatabase database, String table) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        for (List<String> row : database.rows("SELECT id FROM " + table)) {
            assertThat(ids.add(Long.valueOf(row.getFirst()))).isTrue();
        }
        return ids;
    }
}
