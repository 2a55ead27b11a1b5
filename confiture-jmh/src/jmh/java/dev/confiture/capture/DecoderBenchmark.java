package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one message of the stream of changes takes: an UPDATE of pgbench's accounts, a row of 84
 * bytes of filler of which only the key counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {
    private static final int RELATION = 16_400;

    /** Before PostgreSQL 15 the whole row is sent, later the key alone. */
    @Param({"WHOLE_ROW", "KEY_ONLY"})
    public Columns columns;

    private PgOutputDecoder decoder;
    private ByteBuffer update;

    public enum Columns {
        WHOLE_ROW,
        KEY_ONLY
    }

    @Setup
    public void describe() {
        decoder =
                new PgOutputDecoder(
                        List.of(
                                new CapturedTable(
                                        new TableName("public", "accounts"), List.of("aid"))));
        List<String> names =
                columns == Columns.KEY_ONLY
                        ? List.of("aid")
                        : List.of("aid", "bid", "abalance", "filler");
        ByteBuffer relation = ByteBuffer.allocate(1000).put((byte) 'R').putInt(RELATION);
        text(relation, "public").put((byte) 0);
        text(relation, "accounts").put((byte) 0).put((byte) 'd').putShort((short) names.size());
        for (String name : names) {
            relation.put((byte) (name.equals("aid") ? 1 : 0));
            text(relation, name).put((byte) 0).putInt(23).putInt(-1);
        }
        decoder.decode(relation.flip());
        update = ByteBuffer.allocate(1000).put((byte) 'U').putInt(RELATION).put((byte) 'N');
        update.putShort((short) names.size());
        for (String name : names) {
            String value = name.equals("filler") ? "x".repeat(84) : "123456";
            update.put((byte) 't').putInt(value.length());
            text(update, value);
        }
        update.flip();
    }

    private static ByteBuffer text(ByteBuffer bytes, String text) {
        return bytes.put(text.getBytes(StandardCharsets.UTF_8));
    }

    @Benchmark
    public Object update() {
        return decoder.decode(update.duplicate());
    }
}
