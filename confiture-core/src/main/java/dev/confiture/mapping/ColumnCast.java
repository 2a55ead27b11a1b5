package dev.confiture.mapping;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Writes the SQL that turns a source column into a target column. A cast never has a modifier:
 * {@code CAST(x AS varchar(3))} cuts without a word, whereas the target's column refuses what is
 * too long.
 */
final class ColumnCast {
    private static final ColumnType TEXT =
            new ColumnType("text", "text", true, ColumnType.Kind.BASE);

    private ColumnCast() {}

    static DerivedColumn derive(
            TableName source, Column from, Column to, DerivedColumn.Origin origin) {
        String reference = Identifier.quote(source.name()) + "." + Identifier.quote(from.name());
        return derive(new Value(reference, from.type(), from.name()), to, origin);
    }

    /** A column that SQL of the user's computes. */
    static DerivedColumn computed(String sql, ColumnType type, Column to) {
        return derive(new Value(sql, type, null), to, DerivedColumn.Origin.COMPUTED);
    }

    private record Value(String sql, ColumnType type, @Nullable String sourceColumn) {}

    private static DerivedColumn derive(Value from, Column to, DerivedColumn.Origin origin) {
        ColumnType wanted = to.type();
        String name = to.name();
        if (from.type.sameBase(wanted)) {
            // Two types of one name may differ, as an enum with another label does; a foreign table
            // then has the column as text.
            String cast = wanted.builtIn() ? null : wanted.base();
            return new DerivedColumn(name, from.sql, from.type, cast, from.sourceColumn, origin);
        }
        if (wanted.builtIn()) {
            ColumnType result = new ColumnType(wanted.base(), wanted.base(), true, wanted.kind());
            return new DerivedColumn(
                    name, cast(from.sql, wanted.base()), result, null, from.sourceColumn, origin);
        }
        // The source may not know this type; the target reads it from its text.
        return new DerivedColumn(
                name, cast(from.sql, TEXT.base()), TEXT, wanted.base(), from.sourceColumn, origin);
    }

    private static String cast(String reference, String type) {
        return "CAST(" + reference + " AS " + type + ")";
    }
}
