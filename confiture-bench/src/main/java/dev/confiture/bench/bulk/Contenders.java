package dev.confiture.bench.bulk;

import dev.confiture.bench.Measured;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Everybody who takes part, in the order of the table. */
public final class Contenders {
    private Contenders() {}

    /**
     * @param launcher Confiture's
     */
    public static List<Contender> all(Path launcher) {
        return List.of(
                new PhysicalLimit(),
                new Confiture(launcher, "copy"),
                new Confiture(launcher, "fdw"),
                new CopyPipe(),
                new DumpAndRestore(),
                new PgCopyDb(),
                new PgLoader());
    }

    /** The name of the one that all others are held against. */
    public static final String REFERENCE = "pgcopydb";

    /** COPY through a pipe into tables that have their keys and indexes, one after the other. */
    private record CopyPipe() implements Contender {
        @Override
        public String name() {
            return "psql COPY \\| psql COPY";
        }

        @Override
        public List<String> programs() {
            return List.of("psql");
        }

        @Override
        public boolean copies(Workload workload) {
            return !workload.hasSecondaryIndexes();
        }

        @Override
        public void prepare(Match match) throws SQLException {
            match.workload().createAll(match.target());
        }

        @Override
        public Measured run(Match match) {
            return match.shell()
                    .run(
                            match.workload().tables().stream()
                                    .map(table -> pipe(match, table.name()))
                                    .collect(Collectors.joining("\n")));
        }

        private static String pipe(Match match, String table) {
            return "psql -q '%s' -c 'COPY %s TO STDOUT' | psql -q '%s' -c 'COPY %s FROM STDIN'"
                    .formatted(match.source().dsn(), table, match.target().dsn(), table);
        }
    }

    private record DumpAndRestore() implements Contender {
        @Override
        public String name() {
            return "pg_dump -Fc -Z0 \\| pg_restore";
        }

        @Override
        public List<String> programs() {
            return List.of("pg_dump", "pg_restore");
        }

        @Override
        public Measured run(Match match) {
            return match.shell()
                    .run(
                            "pg_dump -Fc -Z0 '%s' | pg_restore -d '%s'"
                                    .formatted(match.source().dsn(), match.target().dsn()));
        }
    }

    private record PgCopyDb() implements Contender {
        @Override
        public String name() {
            return REFERENCE + " clone, 2 jobs";
        }

        @Override
        public List<String> programs() {
            return List.of(REFERENCE);
        }

        @Override
        public Measured run(Match match) {
            return match.shell()
                    .run(
                            ("rm -rf work; pgcopydb clone --dir \"$PWD/work\" --table-jobs 2"
                                            + " --index-jobs 2 --source '%s' --target '%s'")
                                    .formatted(match.source().dsn(), match.target().dsn()));
        }
    }

    private record PgLoader() implements Contender {
        @Override
        public String name() {
            return "pgloader";
        }

        @Override
        public List<String> programs() {
            return List.of("pgloader");
        }

        @Override
        public Measured run(Match match) {
            return match.shell()
                    .run(
                            "pgloader --quiet '%s' '%s'"
                                    .formatted(match.source().dsn(), match.target().dsn()));
        }
    }
}
