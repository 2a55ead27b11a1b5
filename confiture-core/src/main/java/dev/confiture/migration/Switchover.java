package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.change.Lsn;
import dev.confiture.copy.SequenceAdvance;
import dev.confiture.copy.SequenceSync;
import dev.confiture.cutover.Deadline;
import dev.confiture.cutover.Fence;
import dev.confiture.cutover.PauseLimit;
import dev.confiture.cutover.WriteLocks;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.inverse.TurnedWords;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.Crossing.Proof;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets the application change sides without losing a commit. Writers are held off the tables by
 * locks while the last changes are brought over and compared; the fence, which keeps them off for
 * good, goes up in the same transaction, and right after it the decision is written. Until the
 * fence has gone up, whatever happens leaves no trace: the server itself lets go of the locks.
 */
final class Switchover {
    private final Crossing crossing;
    private final Run run;
    private final Sides sides;
    private final CutoverRequest request;
    private final SwitchoverLedger record;
    private final PauseSteps steps;
    private double pauseMilliseconds;
    private long fenceBegan;

    Switchover(Crossing crossing, CutoverRequest request, Consumer<String> stepEnded) {
        this.crossing = crossing;
        this.run = crossing.run();
        this.sides = crossing.sides();
        this.request = request;
        this.record = crossing.whole().ledger().switchovers();
        this.steps = new PauseSteps(run.listener(), stepEnded);
    }

    List<Step> steps() {
        return steps.all();
    }

    double pauseMilliseconds() {
        return pauseMilliseconds;
    }

    /**
     * Goes up to the decision, and opens the other side. After a rehearsal everything is undone by
     * {@link Settlement}, and so it is after a failure.
     *
     * @return what follows; empty after a rehearsal
     */
    Optional<Completion> run() {
        int number = record.begin(sides.direction(), crossing.opposite().isPresent());
        steps.announce("prepare", this::prepare);
        StopSignal part = run.stop().part();
        try (LiveEngine engine =
                        LiveEngine.open(
                                run.stoppedBy(part),
                                crossing.mapping(),
                                crossing.capture(),
                                request.maxWal());
                Session owner = sides.from().open(Fence.PURPOSE);
                Session to = sides.to().open("switch")) {
            SequenceAdvance sequences = setSequences();
            steps.announce("catch up", () -> approach(engine));
            pause(number, new Behind(engine, owner, to, sequences, part, new AtomicBoolean()));
            return request.extent() == Extent.REHEARSAL
                    ? Optional.empty()
                    : Optional.of(letIn(number, to));
        }
    }

    private void prepare() {
        try (Session from = sides.from().open("prepare")) {
            sides.fence(from).prepare();
        }
        if (request.extent() == Extent.WHOLE) {
            keepOthersOff();
            crossing.opposite().ifPresent(this::prepareOpposite);
        }
    }

    private void prepareOpposite(ResolvedMapping mapping) {
        Direction opposite = crossing.direction().opposite();
        try {
            NextCapture.prepare(crossing.whole(), opposite, mapping);
        } catch (ConfitureException failure) {
            if (failure.code() == ErrorCode.INTERRUPTED) {
                throw failure;
            }
            boolean back = opposite == Direction.BACK;
            String why = String.valueOf(failure.getMessage());
            throw new ConfitureException(
                    ErrorCode.CUTOVER_ABORTED,
                    "changes of the "
                            + (back ? "new" : "old")
                            + " database cannot be captured; nothing was changed: "
                            + (back ? TurnedWords.of(why) : why),
                    failure.hint(),
                    failure);
        }
    }

    /**
     * Nobody is to write to the other side before the decision: if there is none, that would be
     * lost.
     */
    private void keepOthersOff() {
        try (Session to = sides.to().open("prepare")) {
            Fence fence = sides.fence(to);
            if (!fence.isClosed()) {
                fence.prepare();
                Deadline deadline = Deadline.in(request.maxPause());
                new WriteLocks(to, crossing.tables().to(), run.stop())
                        .hold(
                                deadline::left,
                                () -> {
                                    fence.close(crossing.tables().to(), sides.next());
                                    return deadline;
                                });
            }
        }
    }

    /** As far as they are now; in the pause only what has moved since. */
    private SequenceAdvance setSequences() {
        try (Session source = run.attachment().ends().source().open("sequences")) {
            SequenceSync sync =
                    new SequenceSync(
                            source,
                            run.attachment().control(),
                            crossing.mapping(),
                            run.catalogs().source(),
                            run.catalogs().target());
            sync.run(run.stop());
            return sync.plan();
        }
    }

    /** Hops until the last one will be short. */
    private void approach(LiveEngine engine) {
        Approach approach = new Approach(request.maxPause().dividedBy(8), System::nanoTime);
        HopReport hop = engine.hop();
        while (!approach.arrivedWith(hop)) {
            hop = engine.hop();
        }
        if (crossing.proof() == Proof.CHANGED_ROWS) {
            ChangedRowsProof proof = engine.changedRowsProof();
            engine.hop(proof);
            mustBeEqual(proof);
        }
    }

    /** What is used while writers wait. */
    private record Behind(
            LiveEngine engine,
            Session owner,
            Session to,
            SequenceAdvance sequences,
            StopSignal part,
            AtomicBoolean locked) {
        /** Until the locks are there, whoever waits for them gives up by itself. */
        void end() {
            if (!locked.get()) {
                return;
            }
            part.fail(tooLong());
            owner.abort();
            engine.abort();
        }
    }

    private static ConfitureException tooLong() {
        return new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                "the pause would have become too long; nothing was changed, and the application"
                        + " goes on",
                "Run it again when less is written, or with a longer --max-pause.");
    }

    private void pause(int number, Behind behind) {
        long began = System.nanoTime();
        PauseLimit limit = PauseLimit.begin(request.maxPause(), behind::end);
        try (limit) {
            Session owner = behind.owner();
            WriteLocks locks = new WriteLocks(owner, crossing.tables().from(), behind.part());
            if (request.extent() == Extent.REHEARSAL) {
                locks.holdAndDiscard(limit::left, () -> behindLocks(behind, limit));
            } else {
                locks.hold(limit::left, () -> behindLocks(behind, limit));
            }
            steps.add("pause: raise the fence", millisecondsSince(fenceBegan));
        } catch (RuntimeException failure) {
            // What was ended because the time was over fails in its own words.
            behind.part().check();
            throw failure;
        }
        behind.part().check();
        if (request.extent() == Extent.WHOLE) {
            steps.time("pause: decide", () -> decide(number, behind.to(), limit));
        }
        pauseMilliseconds = millisecondsSince(began);
    }

    /** Every writer has ended, none can begin, and the snapshot comes after that. */
    private Duration behindLocks(Behind behind, PauseLimit limit) {
        behind.locked().set(true);
        Duration locked = request.maxPause().minus(limit.left());
        if (limit.isOver()) {
            behind.end();
        }
        steps.add("pause: lock the tables", locked.toNanos() / 1e6);
        Session owner = behind.owner();
        // If we are cut off, the server lets go of the locks by itself.
        owner.execute(
                "SET LOCAL idle_in_transaction_session_timeout = "
                        + (request.maxPause().toMillis() + 1000));
        LiveEngine.Received received =
                steps.time("pause: receive", () -> behind.engine().receive(owner));
        steps.time("pause: last hop", () -> lastHop(behind.engine(), received, owner));
        steps.time(
                "pause: sequences",
                () -> behind.sequences().run(owner, run.attachment().control()));
        behind.part().check();
        fenceBegan = System.nanoTime();
        // Whatever the role or the database say: nothing that was written before may be lost.
        owner.execute("SET LOCAL synchronous_commit = on");
        sides.fence(owner).close(crossing.tables().from(), sides.left());
        return locked;
    }

    /**
     * With the proof that what was changed since the last green verify is equal on both sides; the
     * hops before have left it little to compare.
     */
    private void lastHop(LiveEngine engine, LiveEngine.Received received, Session owner) {
        if (crossing.proof() == Proof.NONE) {
            engine.apply(received, owner, Boundary.UNSEEN);
            return;
        }
        ChangedRowsProof proof = engine.changedRowsProof();
        engine.apply(received, owner, proof);
        mustBeEqual(proof);
    }

    private void mustBeEqual(ChangedRowsProof proof) {
        if (!proof.differences().isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.CUTOVER_ABORTED,
                    "both sides differ in "
                            + proof.differences().keySet().stream()
                                    .map(TableName::display)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + "; nothing was changed",
                    sides.direction() == Direction.FORWARD
                            ? "`confiture s2s verify` says in which rows, and mends them with"
                                    + " --repair."
                            : "Look at the rows of these tables that were changed since the"
                                    + " cutover; a row that is written again goes back again.");
        }
    }

    /** The fence stands by now; nothing can be ended any more, so the clock is looked at. */
    private void decide(int number, Session to, PauseLimit limit) {
        String position =
                to.queryOne("SELECT pg_current_wal_insert_lsn()::text", row -> row.text(1));
        record.decide(
                number,
                sides.direction(),
                Lsn.parse(position),
                () -> {
                    if (limit.isOver()) {
                        throw tooLong();
                    }
                });
    }

    private Completion letIn(int number, Session to) {
        SwitchoverRecord decided =
                SwitchoverLedger.last(crossing.whole().attachment().control())
                        .filter(one -> one.number() == number)
                        .orElseThrow();
        Completion completion = new Completion(crossing.whole(), decided);
        steps.announce("switch", () -> completion.letIn(to));
        return completion;
    }

    private static double millisecondsSince(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
