package dev.confiture.setup;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Environment;
import dev.confiture.error.Finding;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.postgres.CatalogReader;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the link from the target to the source. Nothing is made before all checks have passed; the
 * link itself is made and tried in one transaction, so that one which does not work leaves nothing.
 * Running it again keeps what fits and renews what has changed.
 */
public final class Setup {
    private static final String NO_WAY_BACK =
            "; as it is, cutover is possible with --no-rollback only";

    private final Database source;
    private final Database target;
    private final Environment sourceEnvironment;
    private final Environment targetEnvironment;
    private final ProgressListener listener;

    public Setup(Environment source, Environment target, ProgressListener listener) {
        this.source = new Database(End.SOURCE, source.database());
        this.target = new Database(End.TARGET, target.database());
        this.sourceEnvironment = source;
        this.targetEnvironment = target;
        this.listener = listener;
    }

    /**
     * Checks both ends without changing anything, and returns what is worth knowing; blockers are
     * an error that lists them all.
     */
    public List<Finding> check(MigrationMode mode) {
        try (Session sourceSession = source.open("setup");
                Session targetSession = target.open("setup")) {
            return check(mode, targetSession, link(sourceSession));
        }
    }

    /** Checks again, and makes what is missing. */
    public SetupReport run(MigrationMode mode, ForeignTableImport tables) {
        try (Session sourceSession = source.open("setup");
                Session targetSession = target.open("setup")) {
            SourceLink link = step("read the source's catalog", () -> link(sourceSession));
            List<Finding> findings =
                    step("check both databases", () -> check(mode, targetSession, link));
            List<Step> steps =
                    new ArrayList<>(
                            step("make and test the link", () -> makeLink(targetSession, link)));
            if (tables == ForeignTableImport.REFRESH) {
                steps.addAll(
                        step(
                                "make the foreign tables",
                                () -> Footprint.TABLES.create(targetSession, link)));
            }
            return report(mode, targetSession, link, steps, findings);
        }
    }

    private SourceLink link(Session session) {
        return new SourceLink(source, sourceEnvironment, session, CatalogReader.read(session));
    }

    private List<Finding> check(MigrationMode mode, Session targetSession, SourceLink link) {
        List<Finding> ofSource = SourceChecks.run(link);
        List<Finding> ofCapture =
                mode == MigrationMode.LIVE ? checkCapture(targetSession, link) : List.of();
        List<Finding> ofTarget = TargetChecks.run(target, targetSession, link);
        Blockers.refuse(ofSource, ofCapture, ofTarget);
        FdwExtension.requireAvailable(targetSession);
        List<Finding> findings = new ArrayList<>(ofSource);
        findings.addAll(ofCapture);
        findings.addAll(ofTarget);
        return findings;
    }

    private List<Finding> checkCapture(Session targetSession, SourceLink link) {
        return asOwner(
                End.SOURCE,
                sourceEnvironment,
                link.session(),
                sourceOwner -> {
                    List<Finding> findings = new ArrayList<>(LiveChecks.run(link, sourceOwner));
                    findings.addAll(
                            asOwner(
                                    End.TARGET,
                                    targetEnvironment,
                                    targetSession,
                                    targetOwner -> wayBack(targetOwner, sourceOwner)));
                    return findings;
                });
    }

    private static List<Finding> wayBack(Session targetOwner, Session sourceOwner) {
        return WayBackChecks.run(targetOwner, sourceOwner).stream()
                .map(
                        finding ->
                                new Finding(
                                        finding.severity(),
                                        finding.subject(),
                                        finding.message() + NO_WAY_BACK,
                                        finding.remedy()))
                .toList();
    }

    /** With a session of the login that does what takes an owner. */
    private static List<Finding> asOwner(
            End end,
            Environment environment,
            Session everyday,
            Function<Session, List<Finding>> check) {
        DatabaseAddress admin = environment.admin();
        if (admin == null) {
            return check.apply(everyday);
        }
        try (Session owner = new Database(end, admin).open("setup")) {
            return check.apply(owner);
        }
    }

    private static List<Step> makeLink(Session target, SourceLink link) {
        return target.inTransaction(
                () -> {
                    List<Step> steps = new ArrayList<>();
                    Footprint.LINK.forEach(object -> steps.addAll(object.create(target, link)));
                    LinkTest.run(target, link);
                    return steps;
                });
    }

    private SetupReport report(
            MigrationMode mode,
            Session targetSession,
            SourceLink link,
            List<Step> steps,
            List<Finding> findings) {
        SessionFacts ofSource = SessionFacts.of(link.session());
        SessionFacts ofTarget = SessionFacts.of(targetSession);
        return new SetupReport(
                mode.label(),
                source.address().display(),
                ofSource.version(),
                ofSource.tls(),
                target.address().display(),
                ofTarget.version(),
                ofTarget.tls(),
                ForeignTables.count(targetSession),
                Step.objects(steps, Step.Kind.MADE),
                Step.objects(steps, Step.Kind.KEPT),
                findings);
    }

    private <T> T step(String name, Supplier<T> work) {
        listener.on(new ProgressEvent.StepStarted(name));
        long start = System.nanoTime();
        T result = work.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        listener.on(new ProgressEvent.StepFinished(name, took));
        return result;
    }

    private record SessionFacts(String version, String tls) {
        static SessionFacts of(Session session) {
            return session.queryOne(
                    SqlText.named("setup/describe_session"),
                    row -> new SessionFacts(row.text(1), row.text(2)));
        }
    }
}
