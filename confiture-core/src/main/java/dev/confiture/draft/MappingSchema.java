package dev.confiture.draft;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (draft 2020-12) of the mapping file, which helps editors to complete it. */
public final class MappingSchema {
    /** What a drafted file calls it: a file beside it. */
    public static final String FILE = "mapping.schema.json";

    private MappingSchema() {}

    public static String text() {
        try (InputStream file = MappingSchema.class.getResourceAsStream("/schema/" + FILE)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
