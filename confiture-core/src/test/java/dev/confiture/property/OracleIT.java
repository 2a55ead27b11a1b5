package dev.confiture.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.property.CaseRun.Outcomes;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The property test can fail: what it compares with does see a wrong row, column or byte. */
class OracleIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "double precision | -0 | 0",
                "numeric | 1.0 | 1.00",
                "text | a | ^a ^",
                "text | ^^ | NULL",
                "integer[] | [0:0]={1} | {1}",
                "json | {\"a\":1} | {\"a\": 1}",
                "timestamp with time zone | 2024-01-01 00:00:00+00 | 2024-01-01 00:00:00+01",
            })
    void aDifferenceOfOneByteIsSeen(String type, String left, String right) throws SQLException {
        try (TwoDatabases databases = TwoDatabases.on(PostgresVersion.NEWEST)) {
            TestDatabase one = databases.rawSource();
            TestDatabase other = databases.rawTarget();
            databases.onBoth("CREATE TABLE t (v " + type + ")");
            one.execute("INSERT INTO t VALUES ('" + left + "')");
            other.execute("INSERT INTO t VALUES (nullif('" + right + "', 'NULL')::" + type + ")");
            List<TargetTable> table = List.of(new TargetTable("t"));
            assertThat(Outcome.rows(one, table).same(Outcome.rows(other, table))).isFalse();
            assertThat(Outcome.rows(one, table).same(Outcome.rows(one, table))).isTrue();
        }
    }

    @Test
    void aMissingRowIsSeen() throws SQLException, IOException {
        GeneratedCase generated = agreeing();
        try (CaseRun run = new CaseRun(generated, ServerPair.NEWEST)) {
            Outcomes outcomes = run.run();
            assertThat(Differences.of(outcomes)).isEmpty();
            String table = generated.tables().getFirst().quoted();
            run.byCopy().execute("DELETE FROM " + table + " WHERE ctid = '(0,1)'");
            Outcome spoilt = Outcome.rows(run.byCopy(), generated.tables());
            Outcomes spoiltOutcomes =
                    new Outcomes(outcomes.byHand(), spoilt, outcomes.byFdw(), Set.of(), Set.of());
            assertThat(spoiltOutcomes.agree()).isFalse();
            assertThat(Differences.of(spoiltOutcomes)).startsWith("COPY differs");
        }
    }

    /** As if the product lost the condition of an entry, or made one up. */
    @Test
    void aMappingThatSaysSomethingElseIsSeen() throws SQLException, IOException {
        GeneratedCase generated = agreeing();
        Entry first = generated.entries().getFirst();
        Map<String, Object> options = new LinkedHashMap<>(first.options());
        options.put("where", "false");
        List<Entry> wrong =
                generated.entries().stream()
                        .map(
                                entry ->
                                        entry.equals(first)
                                                ? new Entry(first.name(), options, false)
                                                : entry)
                        .toList();
        try (CaseRun run = new CaseRun(generated.with(wrong).onSource(), ServerPair.NEWEST)) {
            assertThat(Differences.of(run.run())).contains("COPY differs", "FDW differs");
        }
    }

    /** A case whose first table has rows, which the property test proves to be no exception. */
    private static GeneratedCase agreeing() {
        return CaseGenerator.of(7001);
    }
}
