package dev.confiture.build;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the files in a session, all in one transaction if the server lets it. A file goes to the
 * server as one text, so that the server itself finds the ends of the statements.
 */
final class ScriptRun {
    /**
     * What one file sets must not reach the next. RESET ALL leaves the role alone, and the driver
     * has made this machine's time zone the default.
     */
    private static final String RESET =
            "RESET ALL; RESET SESSION AUTHORIZATION; RESET ROLE; SET TimeZone = 'UTC'";

    private final Session session;
    private final List<Script> scripts;
    private final ProgressListener listener;

    ScriptRun(Session session, List<Script> scripts, ProgressListener listener) {
        this.session = session;
        this.scripts = scripts;
        this.listener = listener;
    }

    /** Returns the files that could not be run in a transaction; empty if one held them all. */
    List<String> run() {
        if (scripts.stream().noneMatch(Script::steersTransactions)) {
            try {
                session.inTransaction(
                        () -> {
                            scripts.forEach(this::runInTransaction);
                            return scripts;
                        });
                return List.of();
            } catch (SqlFailure failure) {
                if (!needsOwnTransaction(failure)) {
                    throw failure;
                }
            }
        }
        listener.on(
                new ProgressEvent.Warning(
                        "the files cannot all run in one transaction; running them one by one"));
        return runOneByOne();
    }

    private List<String> runOneByOne() {
        List<String> notInTransaction = new ArrayList<>();
        for (Script script : scripts) {
            try {
                if (script.steersTransactions() || !runAlone(script)) {
                    runStatements(script);
                    notInTransaction.add(script.file().display());
                }
            } catch (ConfitureException failure) {
                throw withRemains(failure, script);
            }
        }
        return notInTransaction;
    }

    /** False, and nothing done, if it holds a statement that cannot run in a transaction. */
    private boolean runAlone(Script script) {
        try {
            session.inTransaction(
                    () -> {
                        runInTransaction(script);
                        return script;
                    });
            return true;
        } catch (SqlFailure failure) {
            if (needsOwnTransaction(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** VACUUM and the like, or the use of an enum's label in the transaction that added it. */
    private static boolean needsOwnTransaction(SqlFailure failure) {
        return failure.is(SqlState.ACTIVE_SQL_TRANSACTION)
                || failure.is(SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE);
    }

    private void runInTransaction(Script script) {
        listener.on(new ProgressEvent.Detail(script.file().display()));
        session.execute(RESET);
        session.execute("SAVEPOINT file");
        try {
            session.execute(script.text());
        } catch (SqlFailure failure) {
            if (needsOwnTransaction(failure)) {
                throw failure;
            }
            throw located(failure, script);
        }
        session.execute("RELEASE SAVEPOINT file");
    }

    private void runStatements(Script script) {
        listener.on(new ProgressEvent.Detail(script.file().display()));
        session.execute(RESET);
        for (Statement statement : script.statements()) {
            try {
                session.execute(statement.text());
            } catch (SqlFailure failure) {
                throw failed(failure, script.file().place(index(statement, failure)));
            }
        }
        refuseOpenTransaction(script);
    }

    private void refuseOpenTransaction(Script script) {
        boolean open =
                session.select("SELECT now() <> statement_timestamp()", row -> row.truth(1))
                        .getFirst();
        if (open) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    script.file().display() + " begins a transaction and does not end it",
                    "Add COMMIT at the end of the file, or take its BEGIN out.");
        }
    }

    /**
     * Many errors come without a position. Then the statements are run again one by one, in the
     * transaction that is lost anyway, until one of them fails in the same way.
     */
    private ConfitureException located(SqlFailure failure, Script script) {
        if (failure.position() > 0) {
            return failed(failure, script.file().place(index(script.text(), failure.position())));
        }
        session.execute("ROLLBACK TO SAVEPOINT file");
        for (Statement statement : script.statements()) {
            try {
                session.execute(statement.text());
            } catch (SqlFailure again) {
                return again.is(failure.sqlState())
                        ? failed(failure, script.file().place(index(statement, again)))
                        : failed(failure, script.file().display());
            }
        }
        return failed(failure, script.file().display());
    }

    private static int index(Statement statement, SqlFailure failure) {
        return statement.start()
                + (failure.position() > 0 ? index(statement.text(), failure.position()) : 0);
    }

    /** The server counts characters from 1, Java counts UTF-16 units from 0. */
    private static int index(String text, int position) {
        int characters = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.min(position - 1, characters));
    }

    private static ConfitureException failed(SqlFailure failure, String place) {
        return new ConfitureException(
                ErrorCode.TARGET_FAILED,
                place + ": " + failure.getMessage(),
                failure.hint(),
                failure);
    }

    private ConfitureException withRemains(ConfitureException failure, Script script) {
        String said = failure.hint() == null ? "" : failure.hint() + " ";
        return new ConfitureException(
                failure.code(),
                failure.getMessage(),
                said
                        + "The files could not share one transaction, so in a database that existed"
                        + " before, the files up to "
                        + script.file().display()
                        + " have left their work behind.",
                failure);
    }
}
