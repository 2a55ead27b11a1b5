package dev.confiture.migration;

import dev.confiture.analyze.SourceState;
import dev.confiture.catalog.Catalog;
import dev.confiture.environment.Environment;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.environment.Hooks;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.postgres.CatalogReader;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Heartbeat;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import java.util.stream.Stream;

/**
 * A migration that was set up, found by its target: a session of the target for the ledger, and
 * both databases. Where the source is the ledger knows; its credentials are resolved afresh.
 */
final class Attachment implements AutoCloseable {
    private final Session control;
    private final Ends ends;
    private final Database sourceOwner;
    private final Database targetOwner;
    private final Hooks hooks;
    private final Resources heartbeats = new Resources();

    private Attachment(
            Session control, Ends ends, Database sourceOwner, Database targetOwner, Hooks hooks) {
        this.control = control;
        this.ends = ends;
        this.sourceOwner = sourceOwner;
        this.targetOwner = targetOwner;
        this.hooks = hooks;
    }

    /** From now on a server that does not answer is noticed, in a mirror of this too. */
    private Attachment watched() {
        Stream.of(ends.source(), ends.target(), sourceOwner, targetOwner)
                .distinct()
                .forEach(database -> heartbeats.add(Heartbeat.of(database)));
        return this;
    }

    /** Opens the target and finds the source; both must be the databases that setup saw. */
    static Attachment to(EnvironmentLoader environments, String targetReference, String purpose) {
        Environment targetEnvironment = environments.load(targetReference);
        Database target = new Database(End.TARGET, targetEnvironment.database());
        Session control = target.open(purpose);
        try {
            MigrationRecord migration = Ledger.read(control);
            Environment environment = environments.load(migration.sourceReference());
            Database source = new Database(End.SOURCE, environment.database());
            mustBeTheSame(source, migration);
            String pass = SwitchoverLedger.pass(control);
            control.present(pass);
            Ends ends = new Ends(source.withPass(pass), target.withPass(pass));
            return new Attachment(
                            control,
                            ends,
                            owner(environment, ends.source(), pass),
                            owner(targetEnvironment, ends.target(), pass),
                            targetEnvironment.hooks())
                    .watched();
        } catch (RuntimeException failure) {
            control.close();
            throw failure;
        }
    }

    /**
     * The same with its ends swapped, for the way back: what is read is the new database, what is
     * written the old one, and a part of the ledger lies there. To be closed by itself.
     */
    Attachment mirrored() {
        Database old = sourceOwner.forWriting();
        return new Attachment(
                old.open("way back"), new Ends(targetOwner, old), targetOwner, old, hooks);
    }

    private static Database owner(Environment environment, Database database, String pass) {
        return environment.admin() == null
                ? database
                : new Database(database.end(), environment.admin()).withPass(pass);
    }

    static Database target(EnvironmentLoader environments, String reference) {
        return new Database(End.TARGET, environments.load(reference).database());
    }

    private static void mustBeTheSame(Database source, MigrationRecord migration) {
        try (Session session = source.open("identify")) {
            ServerIdentity now = ServerIdentity.of(session);
            if (!now.system().equals(migration.sourceSystem())
                    || !now.database().equals(migration.sourceDatabase())) {
                throw new ConfitureException(
                        ErrorCode.SOURCE_CHANGED,
                        "the source "
                                + source.address().display()
                                + " is not the database that this migration was set up with ("
                                + migration.sourceDisplay()
                                + ")",
                        "Point "
                                + migration.sourceReference()
                                + " back to it, or clean up and set up anew.");
            }
        }
    }

    Session control() {
        return control;
    }

    Ends ends() {
        return ends;
    }

    /** The source for what needs its owner: publication, slot, stream. */
    Database sourceAsOwner() {
        return sourceOwner;
    }

    /** The target for what needs its owner. */
    Database targetAsOwner() {
        return targetOwner;
    }

    /** What the user wants to be called at certain moments, by the target's environment file. */
    Hooks hooks() {
        return hooks;
    }

    /** Whether setup was told that the source rests. */
    SourceState sourceState() {
        return Ledger.read(control).mode() == MigrationMode.LIVE
                ? SourceState.WRITTEN_TO
                : SourceState.AT_REST;
    }

    /** Both catalogs as they are now. */
    Catalogs catalogs() {
        try (Session source = ends.source().open("catalog")) {
            return new Catalogs(CatalogReader.read(source), CatalogReader.read(control));
        }
    }

    /** Both catalogs. */
    record Catalogs(Catalog source, Catalog target) {
        /** The same for the way back. */
        Catalogs swapped() {
            return new Catalogs(/* source= */ target, /* target= */ source);
        }
    }

    @Override
    public void close() {
        try (heartbeats) {
            control.close();
        }
    }
}
