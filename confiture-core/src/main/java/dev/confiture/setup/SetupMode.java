package dev.confiture.setup;

import java.util.Locale;

/** Whether writes of the application during the migration are captured. */
public enum SetupMode {
    STATIC,
    LIVE;

    /** As the report and the ledger write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
