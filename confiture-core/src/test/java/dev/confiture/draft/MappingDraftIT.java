package dev.confiture.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drafts of schemas as the server describes them. */
class MappingDraftIT {
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void findsTheRenamesOfAShop(PostgresVersion version) throws SQLException {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            """
                            CREATE TABLE tbl_customers (
                                cust_id serial PRIMARY KEY,
                                "fullName" varchar(80) NOT NULL,
                                birthday date,
                                active integer NOT NULL);
                            CREATE TABLE tbl_orders (
                                id serial PRIMARY KEY,
                                customer integer NOT NULL REFERENCES tbl_customers,
                                qty integer NOT NULL,
                                placed timestamp NOT NULL);
                            CREATE TABLE countries (code char(2) PRIMARY KEY, name text);
                            """)
                    .onTarget(
                            """
                            CREATE TABLE customer (
                                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                full_name text NOT NULL,
                                birth_date date,
                                is_active boolean NOT NULL);
                            CREATE TABLE "order" (
                                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                customer_id bigint NOT NULL REFERENCES customer,
                                quantity integer NOT NULL CHECK (quantity > 0),
                                placed_at timestamptz NOT NULL);
                            CREATE TABLE countries (code text PRIMARY KEY, name text);
                            """);

            DraftReport draft =
                    MappingDraft.of(databases.sourceCatalog(), databases.targetCatalog());

            assertThat(draft.leftOver()).as(draft.text()).isZero();
            Map<String, Map<String, String>> found =
                    databases.resolve(draft.text()).derivations().stream()
                            .collect(
                                    Collectors.toMap(
                                            it -> it.target().name(), MappingDraftIT::columns));
            assertThat(found)
                    .containsEntry(
                            "customer",
                            Map.of(
                                    "cust_id", "id",
                                    "fullName", "full_name",
                                    "birthday", "birth_date",
                                    "active", "is_active"))
                    .containsEntry(
                            "order",
                            Map.of(
                                    "id", "id",
                                    "customer", "customer_id",
                                    "qty", "quantity",
                                    "placed", "placed_at"))
                    .containsOnlyKeys("customer", "order", "countries");
        }
    }

    private static Map<String, String> columns(Derivation derivation) {
        return derivation.columns().stream()
                .collect(Collectors.toMap(DerivedColumn::sourceColumn, DerivedColumn::target));
    }
}
