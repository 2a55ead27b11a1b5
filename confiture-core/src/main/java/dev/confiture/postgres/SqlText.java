package dev.confiture.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements kept as files under {@code sql/}, so that they can be read and run in psql. */
public final class SqlText {
    private SqlText() {}

    /** The statement in {@code sql/<name>.sql}, such as {@code postgres/list_tables}. */
    public static String named(String name) {
        String path = "/sql/" + name + ".sql";
        try (InputStream stream = SqlText.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("no such resource: " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("cannot read " + path, cause);
        }
    }
}
