package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trigger of the target that fires for replicated rows, too, must not act on what hops write. */
class ReplicatedTriggersIT {
    private static final String TARGET =
            """
            CREATE TABLE users (id int PRIMARY KEY, name text);
            CREATE TABLE log (what text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO public.log VALUES (TG_NAME || ' ' || NEW.name);
                    NEW.name := upper(NEW.name);
                    RETURN NEW;
                END $$;
            CREATE TRIGGER a_always BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();
            CREATE TRIGGER b_replica BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();
            CREATE TRIGGER c_plain BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();
            ALTER TABLE users ENABLE ALWAYS TRIGGER a_always, ENABLE REPLICA TRIGGER b_replica;
            """;

    private static final String STATES =
            "SELECT string_agg(tgname || '=' || tgenabled::text, ' ' ORDER BY tgname)"
                    + " FROM pg_trigger WHERE tgrelid = 'users'::regclass AND NOT tgisinternal"
                    + " AND tgname LIKE '_\\_%'";

    private static final String LOG = "SELECT coalesce(string_agg(what, ', '), 'empty') FROM log";

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void itIsOffUntilTheApplicationWritesThere(PostgresVersion version, @TempDir Path folder)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE users (id int PRIMARY KEY, name text);"
                                    + " INSERT INTO users VALUES (1, 'ada')")
                    .onTarget(TARGET);
            String target = databases.rawTarget().dsn();
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"), "'*': {}\nignore_tables: []\n");
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture.migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
            databases.onSource("INSERT INTO users VALUES (2, 'grace')");
            LiveHops.run(folder, target, 1);
            assertThat(databases.rawTarget().value(LOG)).isEqualTo("empty");
            assertThat(databases.rawTarget().value(STATES))
                    .isEqualTo("a_always=D b_replica=D c_plain=O");
            assertThat(confiture.verify(target, List.of()).agrees()).isTrue();

            confiture.cutover(
                    target,
                    new CutoverOptions(
                            Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL));
            assertThat(databases.rawTarget().value(STATES))
                    .isEqualTo("a_always=A b_replica=R c_plain=O");
            databases.onTarget("INSERT INTO users VALUES (3, 'mary')");
            assertThat(databases.rawTarget().value(LOG)).isEqualTo("a_always mary, c_plain MARY");

            confiture.rollback(
                    target,
                    new RollbackOptions(
                            Duration.ofSeconds(5), false, false, Confiture.DEFAULT_MAX_WAL));
            databases.onSource("INSERT INTO users VALUES (4, 'joan')");
            LiveHops.run(folder, target, 1);
            assertThat(databases.rawTarget().value(LOG)).isEqualTo("a_always mary, c_plain MARY");
            assertThat(
                            databases
                                    .rawTarget()
                                    .value("SELECT string_agg(name, ' ' ORDER BY id) FROM users"))
                    .isEqualTo("ada grace MARY joan");
            confiture.cleanup(target, true);
            assertThat(databases.rawTarget().value(STATES))
                    .isEqualTo("a_always=A b_replica=R c_plain=O");
        }
    }
}
