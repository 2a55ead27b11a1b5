package dev.confiture.bench.bulk;

import dev.confiture.bench.Measured;
import dev.confiture.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** {@code s2s migrate} with a mapping of all tables, after {@code s2s setup --static}. */
record Confiture(Path launcher, String strategy) implements Contender {
    @Override
    public String name() {
        return "Confiture, " + strategy;
    }

    @Override
    public void prepare(Match match) throws SQLException {
        match.workload().createAll(match.target());
        Path environments = match.shell().folder().resolve("db/environments");
        try {
            Files.createDirectories(environments);
            write(environments.resolve("old.yaml"), "old", match.source());
            write(environments.resolve("new.yaml"), "new", match.target());
            Files.writeString(match.shell().folder().resolve("mapping.yaml"), "\"*\": {}\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        match.shell().run(launcher + " s2s setup --source old --target new --static");
    }

    private static void write(Path file, String name, Database database) throws IOException {
        Files.writeString(file, "name: " + name + "\ndatabase_url: " + database.dsn() + "\n");
    }

    @Override
    public Measured run(Match match) {
        return match.shell()
                .run(
                        launcher
                                + " s2s migrate --target new --mapping mapping.yaml --strategy "
                                + strategy
                                + " --no-progress");
    }
}
