package dev.confiture.copy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sets the target's sequences, once the rows are there, so that the next value that they give is
 * free. A sequence gets the state of the source's sequence, exactly, and is never moved back: what
 * counts is the furthest, in the sequence's own direction, of the states on the source, the values
 * in the target's column and the state that the target's sequence has already.
 */
public final class SequenceSync {
    private final Session source;
    private final Session target;
    private final ResolvedMapping mapping;
    private final Catalog sourceCatalog;
    private final Catalog targetCatalog;

    public SequenceSync(
            Session source,
            Session target,
            ResolvedMapping mapping,
            Catalog sourceCatalog,
            Catalog targetCatalog) {
        this.source = source;
        this.target = target;
        this.mapping = mapping;
        this.sourceCatalog = sourceCatalog;
        this.targetCatalog = targetCatalog;
    }

    /**
     * Where a sequence stands now.
     *
     * @param value its {@code last_value}
     * @param called whether that value has been given out; if not, it is the next one
     */
    public record Position(TableName sequence, long value, boolean called) {}

    /** Looks up now what {@link SequenceAdvance} needs to do the same in a few statements. */
    public SequenceAdvance plan() {
        List<SequenceAdvance.Planned> planned = new ArrayList<>();
        fed().forEach(
                        (sequence, uses) -> {
                            List<SequenceAdvance.Reading> readings = new ArrayList<>();
                            for (Sequence use : uses) {
                                readings.add(reading(use));
                            }
                            planned.add(
                                    new SequenceAdvance.Planned(
                                            sequence, uses.getFirst(), readings));
                        });
        return new SequenceAdvance(planned);
    }

    private SequenceAdvance.Reading reading(Sequence use) {
        List<TableName> origins =
                feeders(use)
                        .flatMap(
                                feeder ->
                                        sourceCatalog.sequences().stream().filter(feeder::isFedBy))
                        .map(Sequence::name)
                        .distinct()
                        .toList();
        return new SequenceAdvance.Reading(
                origins, isWorthReading(use, origins) ? furthest(use) : null);
    }

    /**
     * Where the source's sequence is known and the column has no fitting index, a scan of the whole
     * table is not worth it.
     */
    private boolean isWorthReading(Sequence use, List<TableName> origins) {
        return target.queryOne(
                SqlText.named("copy/describe_sequence_column"),
                row -> row.truth(1) && (row.truth(2) || origins.isEmpty()),
                use.table().quoted(),
                use.column());
    }

    /** Sets every sequence that feeds a mapped column and stands elsewhere; returns these. */
    public List<Position> run(StopSignal stop) {
        List<Position> set = new ArrayList<>();
        fed().forEach(
                        (sequence, uses) -> {
                            stop.check();
                            advance(sequence, uses).ifPresent(set::add);
                        });
        return set;
    }

    private SortedMap<TableName, List<Sequence>> fed() {
        SortedMap<TableName, List<Sequence>> bySequence = new TreeMap<>();
        for (Sequence use : targetCatalog.sequences()) {
            if (feeders(use).findAny().isPresent()) {
                bySequence.computeIfAbsent(use.name(), any -> new ArrayList<>()).add(use);
            }
        }
        return bySequence;
    }

    private Optional<Position> advance(TableName sequence, List<Sequence> uses) {
        SequenceState now = SequenceState.read(target, sequence);
        SequenceState wanted = now.after(uses.stream().map(this::read).toList());
        if (wanted.equals(now)) {
            return Optional.empty();
        }
        if (!wanted.inBounds()) {
            throw outOfBounds(sequence, wanted, uses.getFirst());
        }
        target.query(
                "SELECT setval(?::regclass, ?, ?)",
                row -> row.number(1),
                sequence.quoted(),
                wanted.value(),
                wanted.called());
        return Optional.of(new Position(sequence, wanted.value(), wanted.called()));
    }

    /** The entries' columns that end in the column that the sequence feeds, with their entry. */
    private Stream<Feeder> feeders(Sequence use) {
        return mapping.derivations().stream()
                .filter(derivation -> derivation.target().equals(use.table()))
                .flatMap(
                        derivation ->
                                derivation.columns().stream()
                                        .filter(column -> column.target().equals(use.column()))
                                        .map(column -> new Feeder(derivation, column)));
    }

    private record Feeder(Derivation derivation, DerivedColumn column) {
        boolean isFedBy(Sequence sequence) {
            return sequence.table().equals(derivation.source())
                    && sequence.column().equals(column.sourceColumn());
        }
    }

    private SequenceState.Use read(Sequence use) {
        SequenceAdvance.Reading reading = reading(use);
        List<Position> origins = reading.origins().stream().map(this::position).toList();
        Optional<Long> furthest =
                Optional.ofNullable(reading.furthest())
                        .flatMap(
                                query ->
                                        target.select(
                                                        query,
                                                        row ->
                                                                Optional.ofNullable(
                                                                        row.textOrNull(1)))
                                                .getFirst())
                        .map(Long::valueOf);
        return new SequenceState.Use(origins, furthest.orElse(null));
    }

    private Position position(TableName sequence) {
        SequenceState state = SequenceState.read(source, sequence);
        return new Position(sequence, state.value(), state.called());
    }

    private String furthest(Sequence use) {
        return "SELECT pg_catalog.%s(%s)::pg_catalog.int8 FROM %s"
                .formatted(
                        use.increment() < 0 ? "min" : "max",
                        Identifier.quote(use.column()),
                        targetCatalog.require(use.table()).ownRows());
    }

    static ConfitureException outOfBounds(TableName sequence, SequenceState wanted, Sequence use) {
        boolean below = wanted.value() < wanted.minimum();
        return new ConfitureException(
                ErrorCode.TARGET_UNSUPPORTED,
                "sequence %s of %s.%s on the target must go on from %d, but its %s is %d"
                        .formatted(
                                sequence.display(),
                                use.table().display(),
                                use.column(),
                                wanted.value(),
                                below ? "minimum" : "maximum",
                                below ? wanted.minimum() : wanted.maximum()),
                "Widen it on the target: ALTER SEQUENCE %s %s; then run the same command again."
                        .formatted(
                                sequence.quoted(),
                                below ? "MINVALUE " + wanted.value() : "AS bigint NO MAXVALUE"));
    }
}
