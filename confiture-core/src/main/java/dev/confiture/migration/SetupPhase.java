package dev.confiture.migration;

import dev.confiture.environment.Environment;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.LedgerSchema;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.Phase;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.setup.ForeignTableImport;
import dev.confiture.setup.Setup;
import dev.confiture.setup.SetupReport;

/** Makes the ledger and the link to the source; what fails leaves nothing behind. */
public final class SetupPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;

    public SetupPhase(EnvironmentLoader environments, ProgressListener listener) {
        this.environments = environments;
        this.listener = listener;
    }

    /**
     * Makes the ledger and the link on the target; run again it makes what is missing. A first run
     * that fails leaves nothing behind.
     *
     * @param mode another than that of an earlier setup is refused
     * @throws ConfitureException if a side cannot be reached, or does not allow what the mode needs
     */
    public SetupReport run(
            String sourceReference,
            String targetReference,
            MigrationMode mode,
            ForeignTableImport tables) {
        Environment sourceEnvironment = environments.load(sourceReference);
        Database source = new Database(End.SOURCE, sourceEnvironment.database());
        Environment targetEnvironment = environments.load(targetReference);
        Database target = new Database(End.TARGET, targetEnvironment.database());
        Setup setup = new Setup(sourceEnvironment, targetEnvironment, listener);
        try (Session control = target.open("setup")) {
            ControllerLock.take(control);
            MigrationRecord migration = describe(source, sourceEnvironment, mode);
            if (LedgerSchema.exists(control)) {
                mustBeForTheSameSource(Ledger.read(control), migration);
                mustBeInTheSameMode(Ledger.read(control), migration);
                return setup.run(mode, tables);
            }
            mustBeAnother(migration, control);
            setup.check(mode);
            Ledger.create(control, migration);
            return setUpOrTakeBack(control, () -> setup.run(mode, tables));
        }
    }

    private static MigrationRecord describe(
            Database source, Environment environment, MigrationMode mode) {
        try (Session session = source.open("identify")) {
            ServerIdentity identity = ServerIdentity.of(session);
            return new MigrationRecord(
                    mode,
                    Phase.SET_UP,
                    "",
                    environment.reference(),
                    source.address().display(),
                    identity.system(),
                    identity.database());
        }
    }

    private static void mustBeAnother(MigrationRecord migration, Session target) {
        ServerIdentity identity = ServerIdentity.of(target);
        if (identity.system().equals(migration.sourceSystem())
                && identity.database().equals(migration.sourceDatabase())) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "source and target are the same database, " + migration.sourceDisplay(),
                    "Name the new database with --target.");
        }
    }

    private static void mustBeForTheSameSource(MigrationRecord known, MigrationRecord wanted) {
        if (!known.sourceSystem().equals(wanted.sourceSystem())
                || !known.sourceDatabase().equals(wanted.sourceDatabase())) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "this target is already set up for another source, " + known.sourceDisplay(),
                    "Run `confiture s2s cleanup` on it first.");
        }
    }

    private static void mustBeInTheSameMode(MigrationRecord known, MigrationRecord wanted) {
        if (known.mode() != wanted.mode()) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "this target is already set up for a " + known.mode().label() + " migration",
                    "Run setup as before to renew the link, or `confiture s2s cleanup` first to"
                            + " begin a "
                            + wanted.mode().label()
                            + " migration.");
        }
    }

    private static SetupReport setUpOrTakeBack(Session control, Session.Work<SetupReport> setup) {
        try {
            return setup.run();
        } catch (RuntimeException failure) {
            try {
                LedgerSchema.drop(control);
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }
}
