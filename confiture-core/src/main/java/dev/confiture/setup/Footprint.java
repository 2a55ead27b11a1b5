package dev.confiture.setup;

import dev.confiture.postgres.Session;
import java.util.List;

/**
 * Everything that setup makes on the target, in order: setup walks it forward, cleanup backward.
 * The ledger is not among it: it is made first and dropped last, by whoever runs both.
 *
 * <p>On the source nothing is made at all.
 */
public final class Footprint {
    /** All but the foreign tables fit one transaction, which a failed link undoes as a whole. */
    static final List<FootprintObject> LINK =
            List.of(new FdwExtension(), new ForeignServer(), new UserMapping(), new OldSchema());

    static final FootprintObject TABLES = new ForeignTables();

    private Footprint() {}

    /** Whether anything of a setup, even of a half-made one, is left on the target. */
    public static boolean exists(Session target) {
        return TABLES.exists(target) || LINK.stream().anyMatch(object -> object.exists(target));
    }
}
