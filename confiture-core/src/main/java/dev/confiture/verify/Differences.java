package dev.confiture.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rows of one table that differ: all are counted, the first of each kind are named. */
public final class Differences {
    /** So many of each kind are named. */
    static final int NAMED = 10;

    private final Map<RowDifference.Kind, Long> counts = new EnumMap<>(RowDifference.Kind.class);
    private final Map<RowDifference.Kind, List<RowDifference>> named =
            new EnumMap<>(RowDifference.Kind.class);

    /** Remembers a row, if it is among the first of its kind. */
    void name(RowDifference row) {
        List<RowDifference> known = named.computeIfAbsent(row.kind(), any -> new ArrayList<>());
        if (known.size() < NAMED) {
            known.add(row);
        }
    }

    void count(RowDifference.Kind kind, long rows) {
        counts.merge(kind, rows, Math::addExact);
    }

    /** Takes all of the other's into account. */
    public void add(Differences other) {
        other.counts.forEach(this::count);
        other.rows().forEach(this::name);
    }

    public long count(RowDifference.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Rows of any kind. */
    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** The first of each kind. */
    public List<RowDifference> rows() {
        return named.values().stream().flatMap(List::stream).toList();
    }
}
