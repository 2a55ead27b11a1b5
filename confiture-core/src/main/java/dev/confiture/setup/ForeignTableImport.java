package dev.confiture.setup;

/** Whether setup makes the foreign tables, or leaves those of an earlier setup as they are. */
public enum ForeignTableImport {
    REFRESH,
    SKIP
}
