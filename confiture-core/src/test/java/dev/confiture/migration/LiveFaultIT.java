package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.kill.FaultyChild;
import dev.confiture.live.Acknowledged;
import dev.confiture.live.Application;
import dev.confiture.live.LiveShop;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TcpProxy;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tool or a server is killed, or the network fails, at some event of a live run: the run ends
 * soon and says which end was lost, and when it is resumed every acknowledged commit is there once.
 *
 * <p>A few faults happen in every build; {@code -Dconfiture.test.kills=N} makes N of them, each
 * kind as often as the others, at moments chosen by chance ({@code -Dconfiture.test.seed}).
 */
class LiveFaultIT {
    private static final int KILLS = Integer.getInteger("confiture.test.kills", 0);
    private static final long SEED = Long.getLong("confiture.test.seed", 1);
    private static final int FAULTS_IN_A_STORY = 5;
    private static final int KILLED = 128 + 9;

    private static final String LEFT_BEHIND =
            """
            SELECT (SELECT count(*) FROM pg_publication)
                + (SELECT count(*) FROM pg_replication_slots WHERE database = current_database())
            """;

    /** What happens, and what the command ends with. */
    enum Fault {
        KILL_TOOL(KILLED),
        KILL_SOURCE(5),
        KILL_TARGET(6),
        CUT_SOURCE(5),
        CUT_TARGET(6),
        STALL_SOURCE(5),
        STALL_TARGET(6);

        private final int exitCode;

        Fault(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /** A fault so many events after the begin of the command, and a little later. */
    record Moment(Fault fault, int event, Duration later) {
        static Moment of(Fault fault, int event) {
            return new Moment(fault, event, Duration.ZERO);
        }
    }

    static Stream<Arguments> stories() {
        if (KILLS > 0) {
            return chosenByChance();
        }
        return Stream.of(
                Arguments.of(
                        PostgresVersion.OLDEST,
                        List.of(
                                Moment.of(Fault.KILL_SOURCE, 14),
                                Moment.of(Fault.STALL_TARGET, 12),
                                Moment.of(Fault.KILL_TARGET, 20))),
                Arguments.of(
                        PostgresVersion.NEWEST,
                        List.of(
                                Moment.of(Fault.KILL_TARGET, 16),
                                Moment.of(Fault.CUT_SOURCE, 10),
                                Moment.of(Fault.STALL_SOURCE, 18))));
    }

    private static Stream<Arguments> chosenByChance() {
        Random chance = new Random(SEED);
        List<Arguments> stories = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        for (int done = 0; done < KILLS; done += FAULTS_IN_A_STORY) {
            List<Moment> moments = new ArrayList<>();
            for (int n = done; n < Math.min(KILLS, done + FAULTS_IN_A_STORY); n++) {
                if (deck.isEmpty()) {
                    deck.addAll(List.of(Fault.values()));
                    Collections.shuffle(deck, chance);
                }
                // The first run has much to tell, the later ones soon follow.
                int event = 1 + chance.nextInt(n == done ? 55 : 25);
                Duration later = Duration.ofMillis(chance.nextInt(80));
                moments.add(new Moment(deck.removeLast(), event, later));
            }
            boolean even = stories.size() % 2 == 0;
            stories.add(
                    Arguments.of(even ? PostgresVersion.OLDEST : PostgresVersion.NEWEST, moments));
        }
        return stories.stream();
    }

    @ParameterizedTest(name = "PostgreSQL {0}, {1}")
    @MethodSource("stories")
    void aRunIsResumedAfterAnyFault(
            PostgresVersion version, List<Moment> moments, @TempDir Path folder) throws Exception {
        try (PostgresServer source = PostgresServer.builder(version).start();
                PostgresServer target = PostgresServer.builder(version).start();
                TcpProxy sourceLink = TcpProxy.inFrontOf(source);
                TcpProxy targetLink = TcpProxy.inFrontOf(target)) {
            new Story(folder, source, target, sourceLink, targetLink).tell(moments);
        }
    }

    /** One migration to which things happen. */
    private record Story(
            Path folder,
            PostgresServer source,
            PostgresServer target,
            TcpProxy sourceLink,
            TcpProxy targetLink) {
        void tell(List<Moment> moments) throws Exception {
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"), LiveShop.MAPPING + Acknowledged.ENTRY);
            TestDatabase old = source.createDatabase();
            TestDatabase neu = target.createDatabase();
            old.execute(LiveShop.SOURCE + Acknowledged.TABLE);
            neu.execute(LiveShop.TARGET + Acknowledged.TABLE);
            String dsn = targetLink.dsn(neu);
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(sourceLink.dsn(old), dsn, new SetupOptions(false, false));
            Acknowledged acknowledged = Acknowledged.by(old);
            try (acknowledged;
                    Application application = Application.reconnecting(old, LiveShop.WRITERS)) {
                for (Moment moment : moments) {
                    happen(moment, dsn, mapping);
                }
                confiture.migrate(dsn, mapping, new MigrateOptions("auto", 2, false, false));
                assertThat(LiveHops.run(folder, dsn, 3).differences()).isEmpty();
                assertThat(application.failures()).isEmpty();
            }
            // The writers are quiet now: the last commit that they were told of is there too.
            assertThat(LiveHops.run(folder, dsn, 1).differences()).isEmpty();
            assertThat(acknowledged.missingIn(neu)).isEmpty();
            assertThat(confiture.verify(dsn, List.of()).agrees()).isTrue();
            confiture.cleanup(dsn, true);
            assertThat(old.number(LEFT_BEHIND)).isZero();
        }

        private void happen(Moment moment, String dsn, Path mapping) throws Exception {
            int exitCode =
                    FaultyChild.exitOf(
                            dsn,
                            mapping,
                            moment.event(),
                            moment.later(),
                            child -> cause(moment.fault(), child));
            source.start();
            target.start();
            sourceLink.resume();
            targetLink.resume();
            assertThat(exitCode).as(moment.toString()).isEqualTo(moment.fault().exitCode);
        }

        private void cause(Fault fault, Process child) {
            switch (fault) {
                // Process.destroyForcibly would close the events that are read.
                case KILL_TOOL -> child.toHandle().destroyForcibly();
                case KILL_SOURCE -> source.kill();
                case KILL_TARGET -> target.kill();
                case CUT_SOURCE -> sourceLink.cut();
                case CUT_TARGET -> targetLink.cut();
                case STALL_SOURCE -> sourceLink.stall();
                case STALL_TARGET -> targetLink.stall();
            }
        }
    }
}
