package dev.confiture.postgres;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.sql.SQLException;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What one row takes on its way from server to server. Both servers are real, so the time is mostly
 * theirs; what the pipe itself needs is seen with {@code -prof gc} (bytes a row) and {@code -prof
 * stack}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class CopyPipeBenchmark {
    private static final int ROWS = 200_000;

    /** Bytes of the text beside the key. */
    @Param({"32", "1000"})
    public int width;

    private TestDatabase database;
    private Session source;
    private Session target;

    @Setup
    public void connect() throws SQLException {
        database = PostgresServer.shared(PostgresVersion.NEWEST).createDatabase();
        database.execute(
                "CREATE TABLE rows AS SELECT n::bigint AS id, repeat('x', "
                        + width
                        + ") AS note FROM generate_series(1, "
                        + ROWS
                        + ") n; CREATE TABLE copies (LIKE rows)");
        DatabaseAddress address =
                new DatabaseAddress(
                        database.host(),
                        database.port(),
                        database.name(),
                        "postgres",
                        null,
                        new TreeMap<>());
        source = new Database(End.SOURCE, address).open("benchmark");
        target = new Database(End.TARGET, address).open("benchmark");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object pipe() {
        return target.inTransaction(
                () -> {
                    target.execute("TRUNCATE public.copies");
                    return CopyPipe.run(
                            source,
                            "COPY (SELECT id, note FROM public.rows) TO STDOUT (FORMAT binary)",
                            target,
                            "COPY public.copies (id, note) FROM STDIN (FORMAT binary)");
                });
    }

    @TearDown
    public void close() throws SQLException {
        source.close();
        target.close();
        database.close();
    }
}
