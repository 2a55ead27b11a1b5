package dev.confiture.build;

import dev.confiture.environment.Environment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes a database from the {@code .sql} files of an environment. It is created if it does not
 * exist; then a failure drops it again, so that the build can simply be repeated.
 */
public final class DatabaseBuild {
    private static final int OBJECTS_SHOWN = 5;

    private final Environment environment;
    private final Database database;
    private final Path workingDirectory;
    private final ProgressListener listener;

    /**
     * A build that has not begun.
     *
     * @param workingDirectory where the user is: files are named relative to it
     */
    public DatabaseBuild(
            Environment environment, Path workingDirectory, ProgressListener listener) {
        this.environment = environment;
        this.database = new Database(End.TARGET, environment.database());
        this.workingDirectory = workingDirectory;
        this.listener = listener;
    }

    /** Runs the files. */
    public BuildReport run(WhenNotEmpty whenNotEmpty) {
        List<Script> scripts = scripts();
        Optional<Session> present = database.openForScriptsIfPresent("build");
        if (present.isPresent()) {
            try (Session session = present.get()) {
                refuseContents(session, whenNotEmpty);
                return report(scripts, false, new ScriptRun(session, scripts, listener).run());
            }
        }
        return runInNewDatabase(scripts);
    }

    private BuildReport runInNewDatabase(List<Script> scripts) {
        NewDatabase created = new NewDatabase(database);
        created.create();
        try {
            List<String> notInTransaction;
            try (Session session = database.openForScripts("build")) {
                notInTransaction = new ScriptRun(session, scripts, listener).run();
            }
            return report(scripts, true, notInTransaction);
        } catch (RuntimeException failure) {
            created.dropAfter(failure);
            throw failure;
        }
    }

    /** Says what {@link #run} would do, and fails where it would fail before the first file. */
    public BuildReport preview(WhenNotEmpty whenNotEmpty) {
        List<Script> scripts = scripts();
        Optional<Session> present = database.openForScriptsIfPresent("build preview");
        try (Session session = present.orElse(null)) {
            if (session != null) {
                session.execute("SET default_transaction_read_only = on");
                refuseContents(session, whenNotEmpty);
            }
        }
        return new BuildReport(
                environment.name(),
                environment.database().display(),
                true,
                present.isEmpty(),
                names(scripts),
                scripts.stream().noneMatch(Script::steersTransactions),
                names(scripts.stream().filter(Script::steersTransactions).toList()));
    }

    private List<Script> scripts() {
        return SqlFiles.of(environment, workingDirectory).stream().map(Script::of).toList();
    }

    private void refuseContents(Session session, WhenNotEmpty whenNotEmpty) {
        if (whenNotEmpty == WhenNotEmpty.ADD) {
            return;
        }
        List<String> objects =
                session.select(
                        SqlText.named("build/list_user_objects"),
                        row -> row.text(1) + " " + row.text(2));
        if (objects.isEmpty()) {
            return;
        }
        int more = objects.size() - OBJECTS_SHOWN;
        throw new ConfitureException(
                ErrorCode.TARGET_NOT_EMPTY,
                "database "
                        + environment.database().display()
                        + " is not empty: it has "
                        + String.join(", ", objects.stream().limit(OBJECTS_SHOWN).toList())
                        + (more > 0 ? " and " + more + " more" : ""),
                "Name an empty database or one that does not exist yet, or add --force to run the"
                        + " files all the same; nothing is dropped then.");
    }

    private BuildReport report(
            List<Script> scripts, boolean created, List<String> notInTransaction) {
        return new BuildReport(
                environment.name(),
                environment.database().display(),
                false,
                created,
                names(scripts),
                notInTransaction.isEmpty(),
                notInTransaction);
    }

    private static List<String> names(List<Script> scripts) {
        return scripts.stream().map(script -> script.file().display()).toList();
    }
}
