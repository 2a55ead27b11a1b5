package dev.confiture.property;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one case: by COPY into one target, by FDW into another, by hand into a third place. */
final class CaseRun implements AutoCloseable {
    private static final Pattern REFUSED =
            Pattern.compile("entry (entry \\d+) cannot be copied by FDW: (.*)", Pattern.DOTALL);

    private final GeneratedCase generated;
    private final TestDatabase source;
    private final TestDatabase byCopy;
    private final TestDatabase byFdw;
    private final Path folder;
    private final Set<String> notByFdw = new HashSet<>();

    CaseRun(GeneratedCase generated, ServerPair pair) throws SQLException, IOException {
        this.generated = generated;
        this.source = pair.newSource();
        this.byCopy = pair.newTarget();
        this.byFdw = pair.newTarget();
        this.folder = Files.createTempDirectory("property");
    }

    /**
     * The three results, each one the rows of all tables or the reason why there are none.
     *
     * @param notByFdw names of the entries that FDW refused
     * @param onTarget names of the entries that were evaluated on the target
     */
    record Outcomes(
            Outcome byHand,
            Outcome byCopy,
            Outcome byFdw,
            Set<String> notByFdw,
            Set<String> onTarget) {
        boolean agree() {
            return byHand.same(byCopy) && byHand.same(byFdw);
        }
    }

    Outcomes run() throws SQLException {
        source.execute(generated.source());
        for (String setting : Oracle.TRAPS) {
            source.execute(setting.formatted(Names.quote(source.name())));
        }
        byCopy.execute(generated.target());
        byFdw.execute(generated.target());
        Outcome expected = new Oracle(source, byCopy, generated.tables()).run();
        Outcome copied = migrate(byCopy, "copy", Set.of());
        Set<String> onTarget = new HashSet<>(generated.onTarget());
        Outcome foreign = migrate(byFdw, "fdw", onTarget);
        return new Outcomes(expected, copied, foreign, notByFdw, onTarget);
    }

    private Outcome migrate(TestDatabase target, String strategy, Set<String> onTarget)
            throws SQLException {
        try {
            Confiture confiture = confiture();
            confiture.setup(source.dsn(), target.dsn(), new SetupOptions(true, false));
            migrateAllowed(confiture, target, strategy, onTarget);
            if (!confiture.verify(target.dsn(), List.of()).agrees()) {
                return new Outcome.Failed("verify sees a difference");
            }
        } catch (ConfitureException failure) {
            return new Outcome.Failed(failure.code() + " " + failure.getMessage());
        }
        return Outcome.rows(target, generated.tables());
    }

    /** What FDW says that it cannot do goes by COPY, and then from the source. */
    private void migrateAllowed(
            Confiture confiture, TestDatabase target, String strategy, Set<String> onTarget) {
        while (true) {
            try {
                confiture.migrate(
                        target.dsn(),
                        mapping(onTarget),
                        new MigrateOptions(strategy, 2, false, false));
                return;
            } catch (ConfitureException refused) {
                Matcher matcher = REFUSED.matcher(String.valueOf(refused.getMessage()));
                if (refused.code() != ErrorCode.MAPPING
                        || !matcher.matches()
                        || !notByFdw.add(matcher.group(1))) {
                    throw refused;
                }
                onTarget.remove(matcher.group(1));
            }
        }
    }

    private Path mapping(Set<String> onTarget) {
        try {
            return Files.writeString(
                    folder.resolve("mapping.yaml"),
                    Entry.file(generated.entries(), generated.ignoredTables(), notByFdw, onTarget),
                    StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static Confiture confiture() {
        return Confiture.open(
                new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                ProgressListener.SILENT,
                new StopSignal());
    }

    TestDatabase byCopy() {
        return byCopy;
    }

    @Override
    public void close() throws SQLException, IOException {
        try (source;
                byCopy;
                byFdw) {
            Files.deleteIfExists(folder.resolve("mapping.yaml"));
            Files.delete(folder);
        }
    }
}
