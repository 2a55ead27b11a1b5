package dev.confiture.ledger;

import java.util.Locale;

/** Whether writes of the application during the migration are captured. */
public enum MigrationMode {
    STATIC,
    LIVE;

    /** As the report and the ledger write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MigrationMode of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
