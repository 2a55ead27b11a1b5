package dev.confiture.cli;

import java.util.Locale;

/** What stdout holds. */
enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
