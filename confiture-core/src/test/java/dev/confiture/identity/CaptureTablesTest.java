package dev.confiture.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.mapping.Dependency;
import dev.confiture.mapping.Dependency.LeadsTo;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.Lineage;
import dev.confiture.mapping.RowQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CaptureTablesTest {
    private static final TableName USERS = TwoDatabases.name("users");
    private static final TableName ORDERS = TwoDatabases.name("orders");
    private static final TableName COUNTRIES = TwoDatabases.name("geo.countries");

    private static Derivation entry(
            TableName source, List<String> key, Dependency... dependencies) {
        return entry(RowQuery.ALL, source, key, dependencies);
    }

    private static Derivation entry(
            RowQuery query, TableName source, List<String> key, Dependency... dependencies) {
        return new Derivation(
                source.name(),
                source,
                key,
                TwoDatabases.name("target"),
                List.of(),
                query,
                new Lineage(
                        List.of("id"),
                        new TreeMap<>(),
                        Arrays.asList(dependencies),
                        Evaluation.SOURCE,
                        "",
                        Map.of()),
                null);
    }

    private static Dependency dependency(TableName table, String... columns) {
        return new Dependency(table, List.of(columns), LeadsTo.TARGET_KEY, List.of(columns));
    }

    @Test
    void aDrivingTableIsCapturedByItsKeyAndAnyOtherByTheColumnsThatLeadToTheEntry() {
        assertThat(
                        CaptureTables.of(
                                List.of(
                                        entry(
                                                USERS,
                                                List.of("tenant", "id"),
                                                dependency(COUNTRIES, "code")))))
                .containsExactly(
                        new CapturedTable(COUNTRIES, List.of("code")),
                        new CapturedTable(USERS, List.of("tenant", "id")));
    }

    @Test
    void aTableOfSeveralEntriesIsCapturedOnceWithAllTheyNeedInWhateverOrderTheyStand() {
        Derivation first = entry(ORDERS, List.of("id"));
        Derivation second = entry(USERS, List.of("id"), dependency(ORDERS, "user_id", "day"));
        List<CapturedTable> expected =
                List.of(
                        new CapturedTable(ORDERS, List.of("id", "day", "user_id")),
                        new CapturedTable(USERS, List.of("id")));

        assertThat(CaptureTables.of(List.of(first, second))).isEqualTo(expected);
        assertThat(CaptureTables.of(List.of(second, first))).isEqualTo(expected);
    }

    @Test
    void whereASelectSaysHowItsDrivingTableLeadsToTheKeyTheTablesOwnKeyIsNotNeeded() {
        assertThat(
                        CaptureTables.of(
                                List.of(
                                        entry(
                                                new RowQuery.OwnSelect("SELECT …"),
                                                ORDERS,
                                                List.of("id"),
                                                dependency(ORDERS, "user_id")))))
                .containsExactly(new CapturedTable(ORDERS, List.of("user_id")));
    }

    @Test
    void aDrivingTableThatIsJoinedToItselfIsCapturedByItsOwnKeyToo() {
        assertThat(
                        CaptureTables.of(
                                List.of(
                                        entry(
                                                ORDERS,
                                                List.of("id"),
                                                dependency(ORDERS, "parent")))))
                .containsExactly(new CapturedTable(ORDERS, List.of("id", "parent")));
    }

    @Test
    void aTableWithoutAKeyIsThereWithoutColumns() {
        assertThat(CaptureTables.of(List.of(entry(USERS, List.of()))))
                .containsExactly(new CapturedTable(USERS, List.of()));
    }
}
