package dev.confiture.analyze;

/** Whether the application goes on writing while its rows are migrated. */
public enum SourceState {
    AT_REST,
    /** Then the changes are captured, and every table must allow that. */
    WRITTEN_TO
}
