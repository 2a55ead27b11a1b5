package dev.confiture.ledger;

import dev.confiture.postgres.Session;
import java.util.Optional;

/** Why the copy makes a pause, for {@code status}. */
public final class CopyPause {
    private final Ledger ledger;
    private final Session session;

    /**
     * @param session of the target, for this alone
     */
    public CopyPause(Ledger ledger, Session session) {
        this.ledger = ledger.through(session);
        this.session = session;
    }

    /** Notes the reason. */
    public void begin(String reason) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.update("UPDATE confiture.migration SET pause = ?", reason);
                });
    }

    /** Notes that the copy goes on. */
    public void end() {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.update("UPDATE confiture.migration SET pause = NULL");
                });
    }

    /** The reason, if the copy makes a pause now. */
    public static Optional<String> reason(Session session) {
        return session.queryOne(
                "SELECT pause FROM confiture.migration",
                row -> Optional.ofNullable(row.textOrNull(1)));
    }
}
