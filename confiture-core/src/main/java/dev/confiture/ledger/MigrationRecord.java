package dev.confiture.ledger;

/**
 * The ledger's one row about the migration as a whole.
 *
 * @param phaseSince ISO 8601 in UTC
 * @param sourceReference what names the source: an environment, a path or a DSN without password
 * @param sourceSystem the source cluster's system identifier
 */
public record MigrationRecord(
        MigrationMode mode,
        Phase phase,
        String phaseSince,
        String sourceReference,
        String sourceDisplay,
        String sourceSystem,
        String sourceDatabase) {}
