package dev.confiture.mapping;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;

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
        ColumnType wanted = to.type();
        if (from.type().sameBase(wanted)) {
            return new DerivedColumn(to.name(), reference, from.type(), null, from.name(), origin);
        }
        if (wanted.builtIn()) {
            ColumnType result = new ColumnType(wanted.base(), wanted.base(), true, wanted.kind());
            return new DerivedColumn(
                    to.name(), cast(reference, wanted.base()), result, null, from.name(), origin);
        }
        // The source may not know this type; the target reads it from its text.
        return new DerivedColumn(
                to.name(), cast(reference, TEXT.base()), TEXT, wanted.base(), from.name(), origin);
    }

    private static String cast(String reference, String type) {
        return "CAST(" + reference + " AS " + type + ")";
    }
}
