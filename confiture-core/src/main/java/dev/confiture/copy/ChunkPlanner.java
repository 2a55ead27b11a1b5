package dev.confiture.copy;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an entry's rows into chunks of a {@link ChunkSize}. Together the chunks of an entry cover
 * every row exactly once, whatever the estimates that they were made from are worth: the ranges are
 * open at both ends.
 */
public final class ChunkPlanner {
    /** Rows that the boundaries of key ranges are drawn from. */
    private static final int SAMPLE_ROWS = 100_000;

    private static final int MOST_KEY_RANGES = 10_000;

    private final ChunkSize size;

    public ChunkPlanner(ChunkSize size) {
        this.size = size;
    }

    /**
     * The chunks of one entry.
     *
     * @param storage which files the chunks were planned on, see {@link
     *     dev.confiture.ledger.EntryRecord}
     */
    public record Plan(String storage, List<Chunk> chunks) {}

    /**
     * Cuts the rows of an entry into chunks, without reading them: ranges of pages for COPY, of
     * keys for FDW, or all rows as one where the query does not follow its driving table.
     *
     * @param table the driving table, with the size that the planner knows
     */
    public Plan plan(Session source, Derivation derivation, Table table, Strategy strategy) {
        if (!derivation.query().followsTheDrivingTable()) {
            return new Plan("", List.of(planned(derivation, 0, "", null, table.bytes())));
        }
        List<Storage> storages = storages(source, table.name());
        List<Chunk> chunks =
                switch (strategy) {
                    case COPY -> pageRanges(derivation, table, storages);
                    case FDW -> keyRanges(source, derivation, table, storages);
                };
        return new Plan(fingerprint(storages, strategy), chunks);
    }

    /** All rows as one chunk, for a table whose files do not stay as they are. */
    public static Plan planWhole(Derivation derivation, Table table) {
        return new Plan("", List.of(planned(derivation, 0, table.ownRows(), null, table.bytes())));
    }

    /** Whether the chunks were planned on files that may have been rewritten since. */
    public static boolean dependsOnStorage(String storage) {
        return !storage.isEmpty();
    }

    /** The storage that the table has now, to be held against what the ledger remembers. */
    public static String currentStorage(Session source, TableName table, Strategy strategy) {
        return fingerprint(storages(source, table), strategy);
    }

    /** One relation that holds rows, a table or a leaf partition. */
    private record Storage(
            TableName name, long fileNode, long pages, long bytes, boolean readable) {}

    private static List<Storage> storages(Session source, TableName table) {
        return source.query(
                SqlText.named("copy/list_storage"),
                row ->
                        new Storage(
                                new TableName(row.text(1), row.text(2)),
                                row.number(3),
                                row.number(4),
                                row.number(5),
                                row.truth(6)),
                table.quoted());
    }

    /** Key ranges do not care where the rows lie. */
    private static String fingerprint(List<Storage> storages, Strategy strategy) {
        return strategy == Strategy.FDW
                ? ""
                : storages.stream()
                        .map(storage -> storage.name().quoted() + ":" + storage.fileNode())
                        .collect(Collectors.joining(","));
    }

    private List<Chunk> pageRanges(Derivation derivation, Table table, List<Storage> storages) {
        List<Chunk> chunks = new ArrayList<>();
        if (storages.isEmpty() || !storages.stream().allMatch(Storage::readable)) {
            addPageRanges(chunks, derivation, table.ownRows(), whole(table, storages));
        } else {
            for (Storage storage : storages) {
                addPageRanges(chunks, derivation, "ONLY " + storage.name().quoted(), storage);
            }
        }
        return chunks;
    }

    /** A range of pages of the whole is that range of each of its parts. */
    private static Storage whole(Table table, List<Storage> parts) {
        return new Storage(
                table.name(),
                0,
                parts.stream().mapToLong(Storage::pages).max().orElse(0),
                parts.stream().mapToLong(Storage::bytes).sum(),
                true);
    }

    private void addPageRanges(
            List<Chunk> chunks, Derivation derivation, String relation, Storage storage) {
        String ctid = Identifier.quote(derivation.source().name()) + ".ctid";
        long step = pagesPerChunk(storage);
        long parts = Math.max(1, (storage.pages() + step - 1) / step);
        for (long part = 0; part < parts; part++) {
            String condition =
                    range(
                            ctid,
                            part == 0 ? null : tid(part * step),
                            part == parts - 1 ? null : tid((part + 1) * step),
                            ">=",
                            "<");
            chunks.add(
                    planned(
                            derivation,
                            chunks.size(),
                            relation,
                            condition,
                            storage.bytes() / parts));
        }
    }

    /** TOASTed values lie elsewhere, so a page may stand for much more than its own size. */
    private long pagesPerChunk(Storage storage) {
        return storage.bytes() == 0
                ? Long.MAX_VALUE / 2
                : Math.max(
                        1,
                        Math.ceilDiv(storage.pages() * size.of(storage.bytes()), storage.bytes()));
    }

    private static String tid(long page) {
        return "'(" + page + ",0)'::tid";
    }

    private List<Chunk> keyRanges(
            Session source, Derivation derivation, Table table, List<Storage> storages) {
        long bytes = storages.stream().mapToLong(Storage::bytes).sum();
        String relation = ForeignTableName.of(derivation.source()).quoted();
        Optional<Column> column = rangeColumn(derivation, table);
        int parts = Math.clamp(Math.ceilDiv(bytes, size.of(bytes)), 1, MOST_KEY_RANGES);
        if (column.isEmpty() || parts == 1) {
            return List.of(planned(derivation, 0, relation, null, bytes));
        }
        List<String> bounds = boundaries(source, table, column.get(), parts);
        String key =
                Identifier.quote(derivation.source().name())
                        + "."
                        + Identifier.quote(column.get().name());
        List<Chunk> chunks = new ArrayList<>();
        for (int part = 0; part <= bounds.size(); part++) {
            String condition =
                    range(
                            key,
                            part == 0 ? null : bounds.get(part - 1),
                            part == bounds.size() ? null : bounds.get(part),
                            ">",
                            "<=");
            chunks.add(planned(derivation, part, relation, condition, bytes / parts));
        }
        return chunks;
    }

    /**
     * The column whose ranges make chunks: the first of the key. It is NOT NULL, so every row is in
     * exactly one range. A type that the target may not know has no ranges there.
     */
    private static Optional<Column> rangeColumn(Derivation derivation, Table table) {
        return derivation.sourceKey().stream()
                .findFirst()
                .flatMap(table::column)
                .filter(column -> column.type().builtIn())
                // percentile_disc gathers its results in an array, and there is none of arrays.
                .filter(column -> column.type().kind() != ColumnType.Kind.ARRAY);
    }

    /** Values that cut the table in about equal parts, ordered as the source orders them. */
    private static List<String> boundaries(Session source, Table table, Column column, int parts) {
        double percent =
                table.estimatedRows() <= SAMPLE_ROWS
                        ? 100
                        : Math.max(0.001, 100.0 * SAMPLE_ROWS / table.estimatedRows());
        String fractions =
                IntStream.range(1, parts)
                        .mapToObj(part -> String.valueOf((double) part / parts))
                        .collect(Collectors.joining(","));
        return source
                .select(
                        "SELECT b::text FROM (SELECT unnest(percentile_disc('{"
                                + fractions
                                + "}'::float8[]) WITHIN GROUP (ORDER BY "
                                + Identifier.quote(column.name())
                                + ")) AS b FROM "
                                + table.ownRows()
                                + " TABLESAMPLE SYSTEM ("
                                + percent
                                + ")) bounds WHERE b IS NOT NULL",
                        row -> row.text(1))
                .stream()
                .distinct()
                .map(bound -> "CAST(" + Literal.quote(bound) + " AS " + column.type().base() + ")")
                .toList();
    }

    private static @Nullable String range(
            String column,
            @Nullable String low,
            @Nullable String high,
            String above,
            String below) {
        List<String> parts = new ArrayList<>();
        if (low != null) {
            parts.add(column + " " + above + " " + low);
        }
        if (high != null) {
            parts.add(column + " " + below + " " + high);
        }
        return parts.isEmpty() ? null : String.join(" AND ", parts);
    }

    private static Chunk planned(
            Derivation derivation,
            int number,
            String relation,
            @Nullable String condition,
            long bytes) {
        return new Chunk(derivation.entry(), number, relation, condition, bytes);
    }
}
