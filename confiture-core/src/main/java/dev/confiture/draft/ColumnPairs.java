package dev.confiture.draft;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.draft.BestPairs.Candidate;
import dev.confiture.draft.BestPairs.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which columns of two tables belong together. Columns of the same name do, as in the
 * mapping itself. The others are guesses: half the score is the likeness of the names; the type,
 * the place between columns already matched, foreign keys and the part in the key are the rest.
 *
 * <p>{@link #WORTH_A_LOOK} is such that neither type and place nor a faint likeness of names are
 * enough alone, but a shared word and the same type are.
 */
final class ColumnPairs {
    private static final double WORTH_A_LOOK = 0.45;
    private static final double NAME_WEIGHT = 0.5;
    private static final double TYPE_WEIGHT = 0.2;
    private static final double PLACE_WEIGHT = 0.1;
    private static final double ONLY_WEIGHT = 0.2;
    private static final double LINK_WEIGHT = 0.25;
    private static final double KEY_WEIGHT = 0.15;

    /** Names that fit but for the table's name inside them are a little less sure. */
    private static final double WITHOUT_TABLE = 0.95;

    private final Table source;
    private final Table target;
    private final Links links;
    private final List<Column> sourceLeft;
    private final List<Column> targetLeft;

    private ColumnPairs(Table source, Table target, Links links) {
        this.source = source;
        this.target = target;
        this.links = links;
        this.sourceLeft =
                source.columns().stream().filter(column -> !isCarried(column, target)).toList();
        Set<String> fed = new HashSet<>(source.columnNames());
        this.targetLeft =
                target.columns().stream()
                        .filter(column -> !fed.contains(column.name()) && !column.generated())
                        .toList();
    }

    /** The guesses, in the order of the source's columns. */
    static List<Pair<Column>> of(Table source, Table target, Links links) {
        List<Pair<Column>> pairs =
                new ArrayList<>(new ColumnPairs(source, target, links).guesses());
        pairs.sort(Comparator.comparingInt(pair -> source.columns().indexOf(pair.source())));
        return pairs;
    }

    /** Whether the column needs no line in the mapping, because its namesake takes it. */
    static boolean isCarried(Column column, Table target) {
        Optional<Column> namesake = target.column(column.name());
        return namesake.isPresent() && (!namesake.get().generated() || column.generated());
    }

    private List<Pair<Column>> guesses() {
        List<Candidate<Column>> candidates = new ArrayList<>();
        for (Column from : sourceLeft) {
            for (Column to : targetLeft) {
                Likeness likeness = likeness(from, to);
                if (likeness.score() >= WORTH_A_LOOK) {
                    candidates.add(new Candidate<>(from, to, likeness));
                }
            }
        }
        return BestPairs.of(candidates);
    }

    private Likeness likeness(Column from, Column to) {
        Likeness name = names(from, to);
        double type = TypeLikeness.of(from.type(), to.type());
        boolean place = Objects.equals(placeOf(from, source), placeOf(to, target));
        boolean only = type > 0 && isOnly(from, sourceLeft) && isOnly(to, targetLeft);
        int link = links.compare(source, from, target, to);
        int key = compareKeys(from, to);
        double score =
                NAME_WEIGHT * name.score()
                        + TYPE_WEIGHT * type
                        + (place ? PLACE_WEIGHT : 0)
                        + (only ? ONLY_WEIGHT : 0)
                        + LINK_WEIGHT * link
                        + KEY_WEIGHT * key;
        String reason =
                Reasons.of(
                        name.reason(),
                        from.type().sameBase(to.type())
                                ? "the same type"
                                : from.type().declared() + " becomes " + to.type().declared(),
                        only ? "the only such column left on either side" : "",
                        link > 0 ? "foreign keys to the same table" : "",
                        key > 0 ? "the same part of the key" : "",
                        place ? "the same place among the columns" : "");
        return new Likeness(score, reason);
    }

    private Likeness names(Column from, Column to) {
        Words one = Words.of(from.name());
        Words other = Words.of(to.name());
        Words oneAlone = one.without(Words.of(source.name().name()).bare().singular());
        Words otherAlone = other.without(Words.of(target.name().name()).bare().singular());
        Likeness likeness = NameLikeness.of(from.name(), to.name());
        if (oneAlone.equals(one) && otherAlone.equals(other)) {
            return likeness;
        }
        Likeness alone = NameLikeness.of(oneAlone, otherAlone).times(WITHOUT_TABLE);
        return alone.score() > likeness.score()
                ? new Likeness(alone.score(), alone.reason() + ", the table's name left out")
                : likeness;
    }

    /** The nearest column before it that both tables have, or empty at the beginning. */
    private String placeOf(Column column, Table table) {
        String place = "";
        for (Column before : table.columns()) {
            if (before.equals(column)) {
                break;
            }
            if (source.column(before.name()).isPresent()
                    && target.column(before.name()).isPresent()) {
                place = before.name();
            }
        }
        return place;
    }

    /** Texts and numbers are everywhere; one time stamp or document is telling. */
    private static boolean isOnly(Column column, List<Column> columns) {
        TypeLikeness.Family family = TypeLikeness.family(column.type());
        return family != TypeLikeness.Family.TEXT
                && family != TypeLikeness.Family.NUMBER
                && columns.stream()
                        .allMatch(
                                other ->
                                        other.equals(column)
                                                || TypeLikeness.family(other.type()) != family);
    }

    /** 1 for the same part of a key, −1 if only one of the two is in its table's key. */
    private int compareKeys(Column from, Column to) {
        int part = partOfKey(source, from);
        int otherPart = partOfKey(target, to);
        if (part < 0 && otherPart < 0) {
            return 0;
        }
        return part == otherPart ? 1 : -1;
    }

    private static int partOfKey(Table table, Column column) {
        return table.key() == null ? -1 : table.key().columns().indexOf(column.name());
    }
}
