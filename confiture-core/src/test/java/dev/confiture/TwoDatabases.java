package dev.confiture;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.lineage.ServerProbe;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Lineage;
import dev.confiture.mapping.MappingParser;
import dev.confiture.mapping.MappingResolver;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.RowQuery;
import dev.confiture.postgres.CatalogReader;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A source and a target, made for one test, on real servers. */
public final class TwoDatabases implements AutoCloseable {
    private final TestDatabase source;
    private final TestDatabase target;

    private TwoDatabases(TestDatabase source, TestDatabase target) {
        this.source = source;
        this.target = target;
    }

    /** The versions that a test of one server must hold on. */
    public static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);
    }

    public static TwoDatabases on(PostgresVersion version) throws SQLException {
        PostgresServer server = PostgresServer.shared(version);
        TestDatabase source = server.createDatabase();
        return new TwoDatabases(source, server.createDatabase());
    }

    /** Two databases that exist already; closing drops them. */
    public static TwoDatabases of(TestDatabase source, TestDatabase target) {
        return new TwoDatabases(source, target);
    }

    public TwoDatabases onSource(String script) throws SQLException {
        source.execute(script);
        return this;
    }

    public TwoDatabases onTarget(String script) throws SQLException {
        target.execute(script);
        return this;
    }

    public TwoDatabases onBoth(String script) throws SQLException {
        return onSource(script).onTarget(script);
    }

    public TestDatabase rawSource() {
        return source;
    }

    public TestDatabase rawTarget() {
        return target;
    }

    public Database source() {
        return sourceAs("postgres");
    }

    public Database target() {
        return targetAs("postgres");
    }

    public Database sourceAs(String user) {
        return new Database(End.SOURCE, address(source, user));
    }

    public Database targetAs(String user) {
        return new Database(End.TARGET, address(target, user));
    }

    /** A database of its own, as the source of something. */
    public static Database asSource(TestDatabase database) {
        return new Database(End.SOURCE, address(database, "postgres"));
    }

    public static DatabaseAddress address(TestDatabase database, String user) {
        return new DatabaseAddress(
                database.host(), database.port(), database.name(), user, null, new TreeMap<>());
    }

    public Catalog sourceCatalog() {
        return catalog(source());
    }

    public Catalog targetCatalog() {
        return catalog(target());
    }

    private static Catalog catalog(Database database) {
        try (Session session = database.open("test")) {
            return CatalogReader.read(session);
        }
    }

    /**
     * An entry that carries columns of {@code from} to columns of {@code to}.
     *
     * @param columns {@code source:target}; a name alone stands for both; none at all means all
     *     columns of the source table that the target has too
     */
    public Derivation carry(String from, String to, String... columns) {
        Table sourceTable = sourceCatalog().require(name(from));
        Table targetTable = targetCatalog().require(name(to));
        List<DerivedColumn> derived = new ArrayList<>();
        if (columns.length == 0) {
            sourceTable.columns().stream()
                    .filter(column -> targetTable.column(column.name()).isPresent())
                    .forEach(column -> derived.add(derive(sourceTable, column, column.name())));
        }
        for (String pair : columns) {
            String[] names = pair.split(":", 2);
            Column column = sourceTable.column(names[0]).orElseThrow();
            derived.add(derive(sourceTable, column, names[names.length - 1]));
        }
        Set<String> read = new HashSet<>();
        derived.forEach(column -> read.add(column.sourceColumn()));
        Key key = sourceTable.key();
        return new Derivation(
                from,
                sourceTable.name(),
                key == null ? List.of() : key.columns(),
                targetTable.name(),
                derived,
                RowQuery.ALL,
                Lineage.of(sourceTable.name(), read, List.of()),
                null);
    }

    private static DerivedColumn derive(Table table, Column column, String target) {
        return new DerivedColumn(
                target,
                Identifier.quote(table.name().name()) + "." + Identifier.quote(column.name()),
                column.type(),
                null,
                column.name(),
                column.name().equals(target)
                        ? DerivedColumn.Origin.IMPLIED
                        : DerivedColumn.Origin.EXPLICIT);
    }

    /** A mapping file, held against both schemas as they are now. */
    public ResolvedMapping resolve(String file) {
        Catalog catalog = sourceCatalog();
        try (Session left = source().open("test");
                Session right = target().open("test")) {
            return MappingResolver.resolve(
                    MappingParser.parse(file, "mapping.yaml"),
                    catalog,
                    targetCatalog(),
                    new ServerProbe(left, right, catalog));
        }
    }

    public static ResolvedMapping mapping(Derivation... derivations) {
        return new ResolvedMapping(List.of(derivations), List.of(), List.of());
    }

    /** {@code schema.name}, or a table of {@code public}. */
    public static TableName name(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new TableName("public", text)
                : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public void close() throws SQLException {
        try (source;
                target) {
            // Closing is all there is to do.
        }
    }
}
