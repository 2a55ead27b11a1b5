package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The extension postgres_fdw. One that was there before setup bears no mark of ours and stays at
 * cleanup.
 */
final class FdwExtension implements FootprintObject {
    private static final String DISPLAY = "extension postgres_fdw";
    private static final String CREATE = "CREATE EXTENSION postgres_fdw";

    /** The comment of the installed extension; empty if it is not installed. */
    private static Optional<String> comment(Session target) {
        return target.queryOptional(SqlText.named("setup/find_extension"), row -> row.text(1));
    }

    @Override
    public boolean exists(Session target) {
        return comment(target).filter(Mark.TEXT::equals).isPresent();
    }

    @Override
    public List<Step> create(Session target, SourceLink source) {
        if (comment(target).isPresent()) {
            return List.of(Step.kept(DISPLAY));
        }
        // Asked before, because a failure ends the transaction.
        String role = target.queryOne("SELECT current_user::text", row -> row.text(1));
        try {
            target.execute(CREATE + " SCHEMA " + schema(target));
        } catch (SqlFailure failure) {
            throw explained(failure, role);
        }
        // Where a cloud's own superuser becomes the owner, only the mark is missing; then it stays.
        boolean marked =
                target.inSavepoint(
                        SqlState.INSUFFICIENT_PRIVILEGE,
                        () ->
                                target.execute(
                                        "COMMENT ON EXTENSION postgres_fdw IS "
                                                + Literal.quote(Mark.TEXT)));
        return List.of(
                Step.made(
                        marked ? DISPLAY : DISPLAY + " (owned by another role, so it will stay)"));
    }

    /** Without this the server's message would be about a control file that nobody knows. */
    static void requireAvailable(Session target) {
        boolean available =
                target.queryOne(SqlText.named("setup/probe_extension"), row -> row.truth(1));
        if (!available) {
            throw new ConfitureException(
                    ErrorCode.FDW_MISSING,
                    "postgres_fdw is not installed on the target server",
                    "Install PostgreSQL's contrib package on the machine of the target server"
                            + " (Debian, Ubuntu: `apt install postgresql-contrib`; Red Hat:"
                            + " `dnf install postgresql-contrib`), or on a managed server allow"
                            + " postgres_fdw in its list of extensions. Then run setup again.");
        }
    }

    private static ConfitureException explained(SqlFailure failure, String role) {
        if (!failure.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
            return failure;
        }
        return new ConfitureException(
                ErrorCode.FDW_MISSING,
                "postgres_fdw is missing in the target database, and role "
                        + role
                        + " may not create it",
                "Let a superuser (on a managed server: its administrator role) run in the target"
                        + " database: "
                        + CREATE
                        + "; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO "
                        + Identifier.quote(role)
                        + "; Then run setup again.",
                failure);
    }

    /** Under an empty search_path the server has no schema to choose. */
    private static String schema(Session target) {
        boolean hasPublic =
                target.queryOne(
                        "SELECT to_regnamespace('public') IS NOT NULL", row -> row.truth(1));
        return hasPublic ? "public" : "pg_catalog";
    }

    @Override
    public List<Step> drop(Session target) {
        Optional<String> comment = comment(target);
        if (comment.isEmpty()) {
            return List.of();
        }
        if (!Objects.equals(comment.get(), Mark.TEXT)) {
            return List.of(Step.kept(DISPLAY + ": it was there before Confiture"));
        }
        boolean dropped =
                target.inSavepoint(
                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                        () -> target.execute("DROP EXTENSION postgres_fdw RESTRICT"));
        return List.of(
                dropped
                        ? Step.removed(DISPLAY)
                        : Step.kept(DISPLAY + ": other objects have come to use it"));
    }
}
