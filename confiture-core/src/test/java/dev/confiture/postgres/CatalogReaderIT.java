package dev.confiture.postgres;

import static dev.confiture.TwoDatabases.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogReaderIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";
    private static final String LONG = "ü".repeat(31) + "x";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void namesAreReadAsTheyAre(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE SCHEMA "Sch ema";
                        CREATE TABLE "Sch ema"."T ""q"" 'a'.b" ("Sel ect" int PRIMARY KEY, "?" int,
                            "%1$s" int REFERENCES "Sch ema"."T ""q"" 'a'.b");
                        CREATE TABLE "select" ("user" serial);
                        CREATE TABLE "NAME" ("NAME" int);
                        CREATE TABLE "Zażółć_日本" ("é" int);
                        """
                                .replace("NAME", LONG));
        TableName odd = new TableName("Sch ema", "T \"q\" 'a'.b");
        assertThat(catalog.tables())
                .containsOnlyKeys(odd, name("select"), name(LONG), name("Zażółć_日本"));
        assertThat(catalog.require(odd).columnNames()).containsExactly("Sel ect", "?", "%1$s");
        assertThat(catalog.require(name(LONG)).columnNames()).containsExactly(LONG);
        assertThat(key(catalog.require(odd)).columns()).containsExactly("Sel ect");
        assertThat(catalog.foreignKeys())
                .singleElement()
                .satisfies(
                        key -> {
                            assertThat(key.table()).isEqualTo(odd);
                            assertThat(key.columns()).containsExactly("%1$s");
                            assertThat(key.referencedColumns()).containsExactly("Sel ect");
                            assertThat(key.comparisons().getFirst().operator())
                                    .isEqualTo("OPERATOR(pg_catalog.=)");
                        });
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aPartitionedTableIsOneTableOfSummedSize(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                    """
                    CREATE TABLE parts (id int PRIMARY KEY, up int REFERENCES parts)
                        PARTITION BY RANGE (id);
                    CREATE TABLE p1 PARTITION OF parts FOR VALUES FROM (0) TO (1000);
                    CREATE TABLE p2 PARTITION OF parts FOR VALUES FROM (1000) TO (9000)
                        PARTITION BY RANGE (id);
                    CREATE TABLE p2a PARTITION OF p2 DEFAULT;
                    INSERT INTO parts SELECT generate_series(1, 2000);
                    CREATE TABLE never (id int);
                    INSERT INTO never VALUES (1);
                    CREATE TABLE hollow (id int);
                    """);
            both.onSource("ANALYZE parts");
            Catalog catalog = both.sourceCatalog();
            assertThat(catalog.tables())
                    .containsOnlyKeys(name("hollow"), name("never"), name("parts"));
            Table parts = catalog.require(name("parts"));
            assertThat(parts.kind()).isEqualTo(Table.Kind.PARTITIONED);
            assertThat(parts.estimatedRows()).isEqualTo(2000);
            assertThat(parts.bytes())
                    .isEqualTo(
                            both.rawSource()
                                    .number("SELECT pg_table_size('p1') + pg_table_size('p2a')"));
            assertThat(parts.inheritanceChildren()).isFalse();
            assertThat(key(parts).columns()).containsExactly("id");
            assertThat(catalog.foreignKeys()).hasSize(1);
            assertThat(catalog.require(name("never")).estimatedRows()).isEqualTo(-1);
            assertThat(catalog.require(name("hollow")).estimatedRows()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theKindsOfTablesAreToldApart(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE TABLE plain ();
                        CREATE UNLOGGED TABLE unlogged (id int);
                        CREATE TABLE parent (id int);
                        CREATE TABLE child (more int) INHERITS (parent);
                        CREATE TABLE guarded (id int);
                        ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                        CREATE VIEW seen AS SELECT 1 AS one;
                        CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
                        CREATE EXTENSION postgres_fdw;
                        CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
                        CREATE FOREIGN TABLE abroad (id int) SERVER far;
                        CREATE SCHEMA confiture;
                        CREATE TABLE confiture.ours (id int);
                        CREATE SCHEMA old_schema;
                        CREATE TABLE old_schema.ours (id int);
                        """);
        assertThat(catalog.tables().values())
                .extracting(t -> t.name().name(), Table::kind, Table::inheritanceChildren)
                .containsExactly(
                        tuple("abroad", Table.Kind.FOREIGN, false),
                        tuple("child", Table.Kind.ORDINARY, false),
                        tuple("guarded", Table.Kind.ORDINARY, false),
                        tuple("parent", Table.Kind.ORDINARY, true),
                        tuple("plain", Table.Kind.ORDINARY, false),
                        tuple("unlogged", Table.Kind.UNLOGGED, false));
        assertThat(catalog.require(name("plain")).columns()).isEmpty();
        assertThat(catalog.require(name("child")).columnNames()).containsExactly("id", "more");
        assertThat(catalog.require(name("guarded")).rowSecurity()).isTrue();
        assertThat(catalog.require(name("plain")).rowSecurity()).isFalse();
        assertThat(catalog.majorVersion()).isEqualTo(version.major());
        assertThat(catalog.encoding()).isEqualTo("UTF8");
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatBelongsToAnExtensionIsNotTheUsers(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE TABLE mine (id int);
                        CREATE TABLE theirs (id serial PRIMARY KEY, up int REFERENCES theirs);
                        CREATE EXTENSION citext;
                        ALTER EXTENSION citext ADD TABLE theirs;
                        """);
        assertThat(catalog.tables()).containsOnlyKeys(name("mine"));
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void columnsAreReadWithTypeDefaultAndNullability(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE EXTENSION citext;
                        CREATE TYPE mood AS ENUM ('sad');
                        CREATE TYPE pair AS (x int, y text);
                        CREATE DOMAIN needed AS int NOT NULL;
                        CREATE DOMAIN outer_needed AS needed;
                        CREATE DOMAIN free AS text;
                        CREATE DOMAIN preset AS int NOT NULL DEFAULT 7;
                        CREATE TYPE span AS RANGE (subtype = int4);
                        CREATE TABLE t (
                            gone int,
                            v varchar(20) NOT NULL,
                            c char(3),
                            n numeric(6,2) DEFAULT 1.5,
                            a int[][],
                            m mood,
                            p pair,
                            d needed,
                            dd outer_needed,
                            f free,
                            e preset,
                            r int4range,
                            s span,
                            mr int4multirange,
                            x citext,
                            b bit(3),
                            ma mood[],
                            g int GENERATED ALWAYS AS (1 + 1) STORED,
                            i int GENERATED ALWAYS AS IDENTITY,
                            j bigint GENERATED BY DEFAULT AS IDENTITY,
                            k text COLLATE "C",
                            q "char",
                            w timestamp(3) with time zone);
                        ALTER TABLE t DROP COLUMN gone;
                        """);
        Map<String, Column> columns =
                catalog.require(name("t")).columns().stream()
                        .collect(Collectors.toMap(Column::name, column -> column));
        assertThat(type(columns, "v"))
                .isEqualTo(type("character varying(20)", "character varying", true, "BASE"));
        assertThat(type(columns, "c")).isEqualTo(type("character(3)", "bpchar", true, "BASE"));
        assertThat(type(columns, "n")).isEqualTo(type("numeric(6,2)", "numeric", true, "BASE"));
        assertThat(type(columns, "a")).isEqualTo(type("integer[]", "integer[]", true, "ARRAY"));
        assertThat(type(columns, "m")).isEqualTo(type("public.mood", "public.mood", false, "ENUM"));
        assertThat(type(columns, "p"))
                .isEqualTo(type("public.pair", "public.pair", false, "COMPOSITE"));
        assertThat(type(columns, "d"))
                .isEqualTo(type("public.needed", "public.needed", false, "DOMAIN"));
        assertThat(type(columns, "r")).isEqualTo(type("int4range", "int4range", true, "RANGE"));
        assertThat(type(columns, "s"))
                .isEqualTo(type("public.span", "public.span", false, "RANGE"));
        assertThat(type(columns, "mr"))
                .isEqualTo(type("int4multirange", "int4multirange", true, "MULTIRANGE"));
        assertThat(type(columns, "x"))
                .isEqualTo(type("public.citext", "public.citext", false, "BASE"));
        assertThat(type(columns, "b")).isEqualTo(type("bit(3)", "\"bit\"", true, "BASE"));
        assertThat(type(columns, "ma"))
                .isEqualTo(type("public.mood[]", "public.mood[]", false, "ARRAY"));
        assertThat(type(columns, "q")).isEqualTo(type("\"char\"", "\"char\"", true, "BASE"));
        assertThat(type(columns, "w"))
                .isEqualTo(
                        type(
                                "timestamp(3) with time zone",
                                "timestamp with time zone",
                                true,
                                "BASE"));
        assertThat(names(columns, Column::notNull)).containsOnly("v", "d", "dd", "e", "i", "j");
        assertThat(names(columns, Column::generated)).containsOnly("g");
        assertThat(names(columns, column -> column.defaultExpression() != null))
                .containsOnly("n", "e");
        assertThat(names(columns, column -> column.identity() == Column.Identity.ALWAYS))
                .containsOnly("i");
        assertThat(names(columns, column -> column.identity() == Column.Identity.BY_DEFAULT))
                .containsOnly("j");
        assertThat(names(columns, column -> column.collation() != null)).containsOnly("k");
        assertThat(column(columns, "k").collation()).isEqualTo("pg_catalog.\"C\"");
        assertThat(column(columns, "v").position()).isEqualTo(2);
        assertThat(names(columns, column -> !column.mayBeOmitted())).containsOnly("v", "d", "dd");
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void onlyWhatIdentifiesEveryRowAtOnceIsAKey(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE TABLE composite (b int, a int, PRIMARY KEY (a, b));
                        CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE);
                        CREATE TABLE partial (id int NOT NULL);
                        CREATE UNIQUE INDEX ON partial (id) WHERE id > 0;
                        CREATE TABLE computed (id int NOT NULL);
                        CREATE UNIQUE INDEX ON computed ((id + 1));
                        CREATE TABLE nullable (id int UNIQUE);
                        CREATE TABLE including (id int NOT NULL, more int);
                        CREATE UNIQUE INDEX ON including (id) INCLUDE (more);
                        CREATE TABLE several (a int NOT NULL, b int NOT NULL, c int NOT NULL,
                            UNIQUE (a, b), UNIQUE (c));
                        CREATE TABLE chosen (a int NOT NULL, b int NOT NULL, c int NOT NULL,
                            CONSTRAINT two UNIQUE (a, b), UNIQUE (c));
                        ALTER TABLE chosen REPLICA IDENTITY USING INDEX two;
                        """);
        Map<String, List<String>> keys =
                catalog.tables().values().stream()
                        .filter(table -> table.key() != null)
                        .collect(
                                Collectors.toMap(
                                        table -> table.name().name(), t -> key(t).columns()));
        assertThat(keys)
                .isEqualTo(
                        Map.of(
                                "composite", List.of("a", "b"),
                                "including", List.of("id"),
                                "several", List.of("c"),
                                "chosen", List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void everySequenceThatFeedsAColumnIsFound(PostgresVersion version) throws Exception {
        Catalog catalog =
                read(
                        version,
                        """
                        CREATE SCHEMA other;
                        CREATE SEQUENCE other.shared INCREMENT -5;
                        CREATE SEQUENCE idle;
                        CREATE SEQUENCE kept;
                        CREATE TABLE t (
                            a serial,
                            b bigint GENERATED ALWAYS AS IDENTITY (INCREMENT 3),
                            c int DEFAULT nextval('other.shared'),
                            d int);
                        ALTER SEQUENCE kept OWNED BY t.d;
                        CREATE TABLE u (e int DEFAULT nextval('other.shared'));
                        CREATE TABLE parts (id int GENERATED ALWAYS AS IDENTITY)
                            PARTITION BY RANGE (id);
                        CREATE TABLE p1 PARTITION OF parts DEFAULT;
                        """);
        assertThat(catalog.sequences())
                .containsExactlyInAnyOrder(
                        new Sequence(name("t_a_seq"), name("t"), "a", 1),
                        new Sequence(name("t_b_seq"), name("t"), "b", 3),
                        new Sequence(name("other.shared"), name("t"), "c", -5),
                        new Sequence(name("kept"), name("t"), "d", 1),
                        new Sequence(name("other.shared"), name("u"), "e", -5),
                        new Sequence(name("parts_id_seq"), name("parts"), "id", 1));
    }

    private static Catalog read(PostgresVersion version, String script) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            return both.onSource(script).sourceCatalog();
        }
    }

    private static Key key(Table table) {
        return Objects.requireNonNull(table.key());
    }

    private static Column column(Map<String, Column> columns, String name) {
        return Objects.requireNonNull(columns.get(name));
    }

    private static ColumnType type(Map<String, Column> columns, String name) {
        return column(columns, name).type();
    }

    private static ColumnType type(String declared, String base, boolean builtIn, String kind) {
        return new ColumnType(declared, base, builtIn, ColumnType.Kind.valueOf(kind));
    }

    private static List<String> names(Map<String, Column> columns, Predicate<Column> which) {
        return columns.values().stream().filter(which).map(Column::name).toList();
    }
}
