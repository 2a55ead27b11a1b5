package dev.confiture.copy;

import dev.confiture.catalog.Literal;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.TableName;
import dev.confiture.copy.SequenceSync.Position;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sets the sequences as {@link SequenceSync} does, in three statements however many there are, for
 * the moment in which writers wait. A column's own values are read by an index, or where there is
 * nothing else to go by.
 */
public final class SequenceAdvance {
    private final List<Planned> planned;

    SequenceAdvance(List<Planned> planned) {
        this.planned = List.copyOf(planned);
    }

    /** One sequence of the target; {@code use} is for messages. */
    record Planned(TableName sequence, Sequence use, List<Reading> readings) {}

    /**
     * What one column says of its sequence.
     *
     * @param origins the source's sequences that feed it
     * @param furthest reads its furthest value, or null if that is not worth it
     */
    record Reading(List<TableName> origins, @Nullable String furthest) {}

    /**
     * Sets those that stand elsewhere.
     *
     * @param source a session that sees every value that was given out
     * @return how many were set
     */
    public int run(Session source, Session target) {
        if (planned.isEmpty()) {
            return 0;
        }
        Map<TableName, Position> origins = origins(source);
        List<Now> present = present(target);
        List<String> settings = new ArrayList<>();
        for (int index = 0; index < planned.size(); index++) {
            Planned sequence = planned.get(index);
            SequenceState now = present.get(index).state();
            SequenceState wanted = now.after(uses(sequence, present.get(index), origins));
            if (wanted.equals(now)) {
                continue;
            }
            if (!wanted.inBounds()) {
                throw SequenceSync.outOfBounds(sequence.sequence(), wanted, sequence.use());
            }
            settings.add(
                    "pg_catalog.setval(%s::pg_catalog.regclass, %d, %s)"
                            .formatted(
                                    Literal.quote(sequence.sequence().quoted()),
                                    wanted.value(),
                                    wanted.called()));
        }
        if (!settings.isEmpty()) {
            target.select("SELECT " + String.join(", ", settings), row -> row.number(1));
        }
        return settings.size();
    }

    private static List<SequenceState.Use> uses(
            Planned sequence, Now present, Map<TableName, Position> origins) {
        List<SequenceState.Use> uses = new ArrayList<>();
        for (int use = 0; use < sequence.readings().size(); use++) {
            List<Position> feeding =
                    sequence.readings().get(use).origins().stream()
                            .map(name -> Objects.requireNonNull(origins.get(name), name.display()))
                            .toList();
            uses.add(new SequenceState.Use(feeding, present.furthest().get(use)));
        }
        return uses;
    }

    private Map<TableName, Position> origins(Session source) {
        Set<TableName> names = new LinkedHashSet<>();
        planned.forEach(one -> one.readings().forEach(use -> names.addAll(use.origins())));
        Map<TableName, Position> origins = new TreeMap<>();
        if (names.isEmpty()) {
            return origins;
        }
        String query =
                names.stream()
                        .map(
                                name ->
                                        "SELECT %s, %s, last_value, is_called FROM %s"
                                                .formatted(
                                                        Literal.quote(name.schema()),
                                                        Literal.quote(name.name()),
                                                        name.quoted()))
                        .collect(Collectors.joining(" UNION ALL "));
        source.select(
                        query,
                        row ->
                                new Position(
                                        new TableName(row.text(1), row.text(2)),
                                        row.number(3),
                                        row.truth(4)))
                .forEach(origin -> origins.put(origin.sequence(), origin));
        return origins;
    }

    /**
     * Where a sequence of the target is.
     *
     * @param furthest by use; null where the column says nothing
     */
    private record Now(SequenceState state, List<@Nullable Long> furthest) {}

    /** In the order of {@code planned}, which UNION ALL alone does not promise. */
    private List<Now> present(Session target) {
        String query =
                IntStream.range(0, planned.size())
                        .mapToObj(index -> reading(planned.get(index), index))
                        .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY 7"));
        return target.select(
                query,
                row ->
                        new Now(
                                new SequenceState(
                                        row.number(1),
                                        row.truth(2),
                                        row.number(3),
                                        row.number(4),
                                        row.number(5)),
                                numbers(row.texts(6))));
    }

    private static List<@Nullable Long> numbers(List<? extends @Nullable String> texts) {
        List<@Nullable Long> numbers = new ArrayList<>();
        for (String text : texts) {
            numbers.add(text == null || text.isEmpty() ? null : Long.valueOf(text));
        }
        return numbers;
    }

    private static String reading(Planned sequence, int index) {
        String furthest =
                sequence.readings().stream()
                        .map(Reading::furthest)
                        .map(
                                query ->
                                        query == null
                                                ? "''"
                                                : "coalesce((" + query + ")::pg_catalog.text, '')")
                        .collect(Collectors.joining(", "));
        return "SELECT s.last_value, s.is_called, q.seqmin, q.seqmax, q.seqincrement,"
                + " ARRAY["
                + furthest
                + "]::pg_catalog.text[], "
                + index
                + " FROM "
                + sequence.sequence().quoted()
                + " s JOIN pg_catalog.pg_sequence q ON q.seqrelid = "
                + Literal.quote(sequence.sequence().quoted())
                + "::pg_catalog.regclass";
    }
}
