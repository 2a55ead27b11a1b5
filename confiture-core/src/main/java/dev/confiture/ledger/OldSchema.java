package dev.confiture.ledger;

import dev.confiture.catalog.Literal;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlState;
import java.util.Optional;

/**
 * Schema {@code confiture} in the old database, with the fence and the part of the ledger for the
 * way back. It belongs to one migration, which its comment names: several may read one source, and
 * the source of one may be the target of another, whose ledger lies there.
 *
 * @param migration what the migration is called
 * @param target where it leads to, for people, without a password
 */
public record OldSchema(String migration, String target) {
    /** What to do about a schema that is not of this migration. */
    public static final String REMEDY =
            "End the other migration with `confiture s2s cleanup` on its target, or rename the"
                    + " schema if it is not Confiture's.";

    private static final String MARK = "The old side of the Confiture migration ";

    /** Whether a comment is that of an old side, of whichever migration. */
    static boolean isMark(String comment) {
        return comment.startsWith(MARK);
    }

    /** The comment without what all of them begin with: {@code NAME into TARGET}. */
    static String named(String comment) {
        return comment.substring(MARK.length());
    }

    /**
     * Makes it unless it is there; part of the caller's transaction.
     *
     * @throws ConfitureException if it is there and not of this migration
     */
    public void create(Session old) {
        others(old)
                .ifPresent(
                        owner -> {
                            throw new ConfitureException(
                                    ErrorCode.SOURCE_UNSUPPORTED,
                                    "schema confiture on the source " + owner,
                                    REMEDY);
                        });
        if (LedgerSchema.comment(old).isEmpty()) {
            old.execute("CREATE SCHEMA confiture");
            old.execute(
                    "COMMENT ON SCHEMA confiture IS "
                            + Literal.quote(MARK + migration + " into " + target));
        }
    }

    /** Whether it is there and of this migration. */
    public boolean isIn(Session old) {
        return LedgerSchema.comment(old).filter(this::isOurs).isPresent();
    }

    private boolean isOurs(String comment) {
        return comment.startsWith(MARK + migration + " ");
    }

    /**
     * Whose it is if it is there and not of this migration: the rest of a sentence that begins with
     * the schema.
     */
    public Optional<String> others(Session old) {
        return LedgerSchema.comment(old)
                .filter(comment -> !isOurs(comment))
                .map(
                        comment ->
                                isMark(comment)
                                        ? "belongs to the migration " + named(comment)
                                        : comment.equals(LedgerSchema.MARK)
                                                ? "is the ledger of the migration into the source"
                                                : "was not made by Confiture");
    }

    /** For somebody who drops it by hand: what another migration has there stays. */
    public String dropStatement() {
        return "DO $$BEGIN IF starts_with(obj_description(to_regnamespace('confiture'),"
                + " 'pg_namespace'), "
                + Literal.quote(MARK + migration + " ")
                + ") THEN DROP SCHEMA confiture CASCADE; END IF; END$$;";
    }

    /** Drops it if it is of this migration and nothing is in it; true if it did. */
    public boolean dropEmpty(Session old) {
        return isIn(old)
                && old.inWritingTransaction(
                        () ->
                                old.inSavepoint(
                                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                                        () -> old.execute("DROP SCHEMA confiture RESTRICT")));
    }

    /** Drops it with all that is in it if it is of this migration; true if it did. */
    public boolean drop(Session old) {
        if (!isIn(old)) {
            return false;
        }
        old.inWritingTransaction(() -> old.execute("DROP SCHEMA confiture CASCADE"));
        return true;
    }
}
