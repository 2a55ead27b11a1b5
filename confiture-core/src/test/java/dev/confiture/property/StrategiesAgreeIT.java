package dev.confiture.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.confiture.property.CaseRun.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever the schemas, the rows and the mapping: COPY and FDW leave the same bytes in the target,
 * and these are what the mapping's query gives when it is run by hand.
 *
 * <p>Each case comes from a seed. {@code -Dconfiture.property.cases=100} runs more of them, {@code
 * -Dconfiture.property.seed=N} others, from N on. A case that fails is written to {@code
 * target/property}.
 */
class StrategiesAgreeIT {
    private static final String CHUNK_BYTES = "confiture.chunkBytes";
    private static final int CASES = Integer.getInteger("confiture.property.cases", 2);
    private static final long FIRST_SEED = Long.getLong("confiture.property.seed", 7000);

    private static final List<ServerPair> PAIRS = List.of(ServerPair.values());

    private final @Nullable String usualChunkBytes = System.getProperty(CHUNK_BYTES);
    private int entries;
    private int entriesNotByFdw;
    private int entriesOnTarget;

    @AfterEach
    void planChunksAsUsual() {
        if (usualChunkBytes == null) {
            System.clearProperty(CHUNK_BYTES);
        } else {
            System.setProperty(CHUNK_BYTES, usualChunkBytes);
        }
    }

    @TestFactory
    Stream<DynamicTest> copyAndFdwGiveWhatTheQueryGives() {
        Stream<DynamicTest> cases =
                LongStream.range(0, PAIRS.size())
                        .boxed()
                        .flatMap(
                                pair ->
                                        LongStream.range(0, CASES)
                                                .map(n -> FIRST_SEED + n * 10 + pair)
                                                .mapToObj(
                                                        seed ->
                                                                test(
                                                                        PAIRS.get(pair.intValue()),
                                                                        seed)));
        return Stream.concat(
                cases,
                Stream.of(
                        dynamicTest("many entries went by FDW", this::manyWentByFdw),
                        dynamicTest("some were evaluated on the target", this::someOnTarget)));
    }

    private DynamicTest test(ServerPair pair, long seed) {
        return dynamicTest(pair + ", seed " + seed, () -> agrees(pair, seed));
    }

    private void agrees(ServerPair pair, long seed) throws SQLException, IOException {
        GeneratedCase made = CaseGenerator.of(seed);
        GeneratedCase generated = pair.sameOrder() ? made : made.onSource();
        System.setProperty(CHUNK_BYTES, String.valueOf(generated.chunkBytes()));
        try (CaseRun run = new CaseRun(generated, pair)) {
            Outcomes outcomes = run.run();
            if (!outcomes.agree()) {
                keep(generated);
            }
            assertThat(Differences.of(outcomes)).as("%s, seed %d", pair, seed).isEmpty();
            if (pair != ServerPair.UPWARDS) {
                entries += generated.entries().size();
                entriesNotByFdw += outcomes.notByFdw().size();
            }
            entriesOnTarget += outcomes.onTarget().size();
        }
    }

    private static void keep(GeneratedCase generated) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "property"));
        Files.writeString(
                folder.resolve("seed-" + generated.seed() + ".txt"), generated.toString());
    }

    private void someOnTarget() {
        assertThat(entriesOnTarget).as("entries evaluated on the target").isPositive();
    }

    /** A property that FDW refuses to be tried on would hold for nothing. */
    private void manyWentByFdw() {
        assertThat(entriesNotByFdw * 3).as("entries that FDW refused").isLessThan(entries * 2);
    }
}
