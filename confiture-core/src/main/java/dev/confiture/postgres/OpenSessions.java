package dev.confiture.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions that are open on one database, so that all can be dropped at once. Thread-safe. */
final class OpenSessions {
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String lost;

    /** One that comes after the others were dropped goes with them: nobody watches it any more. */
    void add(Session session) {
        open.add(session);
        if (lost != null) {
            session.abort();
        }
    }

    void remove(Session session) {
        open.remove(session);
    }

    /** Why they were dropped, or null. */
    @Nullable String lost() {
        return lost;
    }

    /** Ends every wait for an answer. */
    void drop(String why) {
        lost = why;
        open.forEach(Session::abort);
    }
}
