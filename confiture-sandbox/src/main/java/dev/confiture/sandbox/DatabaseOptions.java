package dev.confiture.sandbox;

import java.util.Optional;

/**
 * What a new database is made with; everything left out is the server's choice (UTF8, C.UTF-8).
 *
 * <p>Immutable: each method gives a changed copy.
 */
public record DatabaseOptions(
        Optional<String> name,
        Optional<String> encoding,
        Optional<String> locale,
        Optional<String> template) {

    /** A database with a unique name and the defaults of the server. */
    public static DatabaseOptions defaults() {
        return new DatabaseOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public DatabaseOptions named(String newName) {
        return new DatabaseOptions(Optional.of(newName), encoding, locale, template);
    }

    /** For example {@code LATIN1}; needs a locale that fits it, such as {@code C}. */
    public DatabaseOptions encodedAs(String newEncoding) {
        return new DatabaseOptions(name, Optional.of(newEncoding), locale, template);
    }

    /** The C library's locale, for example {@code C} or {@code C.UTF-8}. */
    public DatabaseOptions inLocale(String newLocale) {
        return new DatabaseOptions(name, encoding, Optional.of(newLocale), template);
    }

    /** The database to copy; nobody may be connected to it meanwhile. */
    public DatabaseOptions copyOf(String newTemplate) {
        return new DatabaseOptions(name, encoding, locale, Optional.of(newTemplate));
    }

    String createStatement(String databaseName) {
        StringBuilder statement = new StringBuilder("CREATE DATABASE ");
        statement.append(Sql.identifier(databaseName));
        // Only template0 may be copied into another encoding or locale.
        boolean needsPristineTemplate = encoding.isPresent() || locale.isPresent();
        template.or(() -> needsPristineTemplate ? Optional.of("template0") : Optional.empty())
                .ifPresent(value -> statement.append(" TEMPLATE ").append(Sql.identifier(value)));
        encoding.ifPresent(value -> statement.append(" ENCODING ").append(Sql.literal(value)));
        locale.ifPresent(value -> statement.append(" LOCALE ").append(Sql.literal(value)));
        return statement.toString();
    }
}
