package dev.confiture.ledger;

import dev.confiture.change.Lsn;
import dev.confiture.ledger.SwitchoverRecord.Outcome;
import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * The record of switchovers. The decision is one row: as long as it is not there nothing has
 * happened, and from then on there is no way but forward.
 */
public final class SwitchoverLedger {
    private final Ledger ledger;
    private final Session session;

    SwitchoverLedger(Ledger ledger, Session session) {
        this.ledger = ledger;
        this.session = session;
    }

    /**
     * What lets a session of ours write to tables that are fenced for everybody else. As secret as
     * the ledger is.
     */
    public static String pass(Session session) {
        return session.queryOne("SELECT pass FROM confiture.migration", row -> row.text(1));
    }

    /** The latest, or empty if there was none. */
    public static Optional<SwitchoverRecord> last(Session session) {
        return session.queryOptional(
                SqlText.named("ledger/read_last_switchover"), SwitchoverLedger::read);
    }

    /** The latest that was not undone, or empty. */
    public static Optional<SwitchoverRecord> lastDecided(Session session) {
        return session.queryOptional(
                SqlText.named("ledger/read_last_decision"), SwitchoverLedger::read);
    }

    private static SwitchoverRecord read(Row row) {
        String position = row.textOrNull(6);
        String outcome = row.textOrNull(7);
        return new SwitchoverRecord(
                Math.toIntExact(row.number(1)),
                Direction.valueOf(row.text(2)),
                row.truth(3),
                row.text(4),
                row.textOrNull(5),
                position == null ? null : Lsn.parse(position),
                outcome == null ? null : Outcome.valueOf(outcome));
    }

    /** Notes that one begins, before anything is made for it; returns its number. */
    public int begin(Direction direction, boolean wayBack) {
        return session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.queryOne(
                            "INSERT INTO confiture.switchover (direction, way_back) VALUES (?, ?)"
                                    + " RETURNING number",
                            row -> Math.toIntExact(row.number(1)),
                            direction.name(),
                            wayBack);
                });
    }

    /**
     * The decision.
     *
     * @param position see {@link SwitchoverRecord}
     * @param lastLook called when nothing but the commit is left to do; if it throws, nothing is
     *     decided
     */
    public void decide(int number, Direction direction, Lsn position, Runnable lastLook) {
        session.inTransaction(
                () -> {
                    // Whatever the role or the database say: the decision must survive a crash.
                    session.execute("SET LOCAL synchronous_commit = on");
                    ledger.advance(direction.after());
                    long decided =
                            session.update(
                                    "UPDATE confiture.switchover SET decided_at ="
                                            + " clock_timestamp(), position = ?::pg_lsn"
                                            + " WHERE number = ?",
                                    position.toString(),
                                    number);
                    lastLook.run();
                    return decided;
                });
    }

    /** Notes how it ended. */
    public void end(int number, Outcome outcome) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.update(
                            "UPDATE confiture.switchover SET outcome = ?,"
                                    + " ended_at = clock_timestamp()"
                                    + " WHERE number = ? AND outcome IS NULL",
                            outcome.name(),
                            number);
                });
    }

    /** Keeps how long the steps took, in place of what was kept before. */
    public void keep(int number, List<Step> steps) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    session.update(
                            "DELETE FROM confiture.switchover_step WHERE switchover = ?", number);
                    for (int index = 0; index < steps.size(); index++) {
                        session.update(
                                "INSERT INTO confiture.switchover_step"
                                        + " VALUES (?, ?, ?, ?::numeric)",
                                number,
                                index + 1,
                                steps.get(index).name(),
                                String.valueOf(steps.get(index).milliseconds()));
                    }
                    return number;
                });
    }

    /** The steps that were kept, in their order. */
    public static List<Step> steps(Session session, int number) {
        return session.query(
                "SELECT step, milliseconds::text FROM confiture.switchover_step"
                        + " WHERE switchover = ? ORDER BY number",
                row -> new Step(row.text(1), Double.parseDouble(row.text(2))),
                number);
    }
}
