package dev.confiture.migration;

import dev.confiture.capture.WalBudget;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.Due;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.hop.Hop;
import dev.confiture.hop.HopPlan;
import dev.confiture.hop.HopPlan.Lookup;
import dev.confiture.hop.KeyIndexes;
import dev.confiture.hop.SourceMoment;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.KeptKeys;
import dev.confiture.ledger.VerifyLedger;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.verify.ComparedTable;
import dev.confiture.verify.VerifyProgress;
import dev.confiture.verify.VerifyScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Capture and hops of a live migration, for as long as one command has them. All sessions are its
 * own; the first failure ends it, and the next command goes on from the ledger.
 */
final class LiveEngine implements AutoCloseable {
    private final Run run;
    private final Resources resources;
    private final List<TableName> tables;
    private final Intake intake;
    private final String slot;
    private final long maxWal;
    private HopPlan plan;
    private final Session source;
    private final Session target;
    private final CaptureLedger ledger;
    private final VerifyLedger verified;
    private final List<ComparedTable> compared;
    private final TriggerSilence triggers;
    private final SchemaWatch watch;
    private final PublicationWatch publication;
    private final WalBudget budget;

    private LiveEngine(
            Run run,
            ResolvedMapping mapping,
            CaptureRecord capture,
            long maxWal,
            Resources resources) {
        Database sourceEnd = run.attachment().ends().source();
        Database targetEnd = run.attachment().ends().target();
        this.run = run;
        this.slot = capture.slot();
        this.maxWal = maxWal;
        this.budget = new WalBudget(slot, maxWal, run.listener());
        this.resources = resources;
        this.tables = capture.tables().stream().map(CapturedTable::table).toList();
        this.source = resources.add(sourceEnd.openForStreams("hop"));
        this.target = resources.add(targetEnd.open("hop"));
        this.triggers = TriggerSilence.in(target);
        this.ledger = run.ledger().through(target).capture();
        this.verified = run.ledger().through(target).verification();
        this.compared =
                ComparedTable.all(
                        mapping.derivations(), run.catalogs().source(), run.catalogs().target());
        this.plan =
                HopPlan.of(
                        mapping.derivations(),
                        capture.tables(),
                        run.catalogs().source(),
                        run.catalogs().target(),
                        source);
        this.watch = new SchemaWatch(ledger, tables);
        this.publication = PublicationWatch.of(capture);
        this.intake = resources.add(new Intake(run));
    }

    /**
     * Takes up the capture that was begun.
     *
     * @param maxWal bytes of WAL that the source may keep because of us
     */
    static LiveEngine open(Run run, ResolvedMapping mapping, CaptureRecord capture, long maxWal) {
        LiveEngine engine = atRest(run, mapping, capture, maxWal);
        try {
            engine.takeIn();
            return engine;
        } catch (RuntimeException | Error failure) {
            engine.resources.closeAfter(failure);
            throw failure;
        }
    }

    /** The same, but what waits stays in the source's log until {@link #takeIn}. */
    static LiveEngine atRest(Run run, ResolvedMapping mapping, CaptureRecord capture, long maxWal) {
        Resources resources = new Resources();
        try {
            return new LiveEngine(run, mapping, capture, maxWal, resources);
        } catch (RuntimeException | Error failure) {
            resources.closeAfter(failure);
            throw failure;
        }
    }

    /** From now on changes are taken in: the first hop begins to read what waits. */
    void takeIn() {
        intake.begin();
    }

    /** Whether triggers and foreign keys of the target may be on while hops are made. */
    TriggerSilence triggers() {
        return triggers;
    }

    /**
     * From now on a hop fails rather than wait for long for somebody's lock in the target: it holds
     * weak ones in the source, behind which a TRUNCATE of the application would queue, and all
     * readers behind that. To be asked for by who makes it again.
     */
    void waitBriefly() {
        target.execute("SET lock_timeout = '5s'");
    }

    /** From now on hops derive their rows in such portions. */
    void derive(HopPlan.Portion portion) {
        plan = plan.in(portion);
    }

    /** Runs the work while changes are taken in and kept. */
    void keepChangesDuring(Runnable work) {
        during(work, round -> round);
    }

    /** Runs the work while changes wait in the source's log, as long as it is not too much. */
    void leaveChangesDuring(Runnable work) {
        during(work, round -> new PatientRound(round, slot, maxWal));
    }

    private void during(Runnable work, Function<KeepRound, Runnable> kind) {
        Database sourceEnd = run.attachment().ends().source();
        Database targetEnd = run.attachment().ends().target();
        try (Session snapshots = sourceEnd.open("keep");
                Session keys = targetEnd.open("keep");
                ChangeKeeper _ =
                        ChangeKeeper.start(
                                kind.apply(
                                        new KeepRound(
                                                intake,
                                                budget,
                                                snapshots,
                                                run.ledger().through(keys).capture(),
                                                run.stop())),
                                run.stop())) {
            work.run();
        }
        run.stop().check();
    }

    /**
     * The first hop, from the many snapshots of the copy to one. The tables' indexes are still off:
     * a row that was copied twice, because it was updated meanwhile, could not be indexed.
     */
    HopReport firstHop() {
        KeyIndexes.drop(target, plan);
        // What has come lately is kept too, so that it counts.
        keepChangesDuring(() -> {});
        boolean few = ledger.keptKeys().fitOneBatch();
        plan = plan.finding(few ? Lookup.BY_SCAN : Lookup.BY_INDEX);
        if (!few) {
            keepChangesDuring(() -> KeyIndexes.create(target, plan));
            keepChangesDuring(
                    new PortionHops(run, plan, source, target, tables, ledger, watch)::run);
        }
        HopReport report = hop();
        plan = plan.finding(Lookup.BY_INDEX);
        KeyIndexes.drop(target, plan);
        return report;
    }

    /** Brings the target to what the source is now. */
    HopReport hop() {
        return hop(Boundary.UNSEEN);
    }

    /** The same, and lets somebody look before it is committed. */
    HopReport hop(Boundary boundary) {
        return SourceMoment.now(
                source, tables, this::mayGoOn, snapshot -> hopTo(snapshot, boundary));
    }

    private void mayGoOn() {
        run.stop().check();
        budget.check(source);
    }

    private HopReport hopTo(TransactionSnapshot snapshot, Boundary boundary) {
        return apply(receive(source, snapshot), source, boundary);
    }

    /** All that a moment of the source sees and that is not on the target yet. */
    record Received(Due due, long began) {}

    /**
     * The first half of a hop to a moment that the caller holds.
     *
     * @param moment inside a transaction on the source that has one snapshot
     */
    Received receive(Session moment) {
        return receive(
                moment,
                TransactionSnapshot.parse(
                        moment.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1))));
    }

    private Received receive(Session moment, TransactionSnapshot snapshot) {
        long began = System.nanoTime();
        // Before a row is applied: DDL may have changed every value without a word in the stream.
        publication.check(moment);
        Set<TableName> renewed = watch.check(moment);
        Due due = intake.drain().upTo(snapshot, run.stop());
        renewed.forEach(due.keys()::addWhole);
        return new Received(due, began);
    }

    /** The second half: what was received, as that moment sees it. */
    HopReport apply(Received received, Session moment, Boundary boundary) {
        Due due = received.due();
        long rows = target.inTransaction(() -> apply(received, boundary, moment));
        intake.drain().confirm(due.position());
        return new HopReport(
                due.transactions(), rows, Duration.ofNanos(System.nanoTime() - received.began()));
    }

    /** Drops the connection that writes, whatever it is doing; called from another thread. */
    void abort() {
        target.abort();
    }

    private long apply(Received received, Boundary boundary, Session source) {
        Due due = received.due();
        long rows = holdsMoreThanMemory(due) ? applyKept(due, source) : applyAtOnce(due, source);
        ledger.finish(due, Duration.ofNanos(System.nanoTime() - received.began()));
        watch.store();
        boundary.at(source, target);
        return rows;
    }

    private boolean holdsMoreThanMemory(Due due) {
        return !due.spilled().isEmpty() || ledger.holdsKeys();
    }

    private long applyAtOnce(Due due, Session source) {
        verified.keep(due);
        return Hop.run(plan, due.keys(), source, target);
    }

    private long applyKept(Due due, Session source) {
        KeptKeys waiting = ledger.waitingKeys(due);
        verified.keep(waiting);
        long rows = Hop.run(plan, waiting, source, target);
        ledger.forgetWaitingKeys(due);
        return rows;
    }

    /** Both sides count as different until a verify of everything is green. */
    void foundDifference() {
        target.inTransaction(
                () -> {
                    verified.foundDifference();
                    return verified;
                });
    }

    /** A verify of everything is green, as of the last hop. */
    void finishGreen() {
        target.inTransaction(
                () -> {
                    verified.finishGreen();
                    return verified;
                });
    }

    /** Compares, at the end of a hop, what was changed since the last green verify. */
    ChangedRowsProof changedRowsProof() {
        return new ChangedRowsProof(plan, compared, verified, run.stop());
    }

    /** Compares tables at the ends of hops. */
    LiveVerification verification(
            List<ComparedTable> tables, VerifyScope scope, VerifyProgress progress) {
        return new LiveVerification(
                tables, scope, changedRowsProof(), verified, progress, run.stop());
    }

    @Override
    public void close() {
        resources.close();
    }
}
