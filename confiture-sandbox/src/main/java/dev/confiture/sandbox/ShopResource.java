package dev.confiture.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text files of the shops. */
final class ShopResource {
    private ShopResource() {}

    /** The whole text of a resource, such as {@code /jam/mapping.yaml}. */
    static String text(String path) {
        try (InputStream input = ShopResource.class.getResourceAsStream(path)) {
            if (input == null) {
                throw new IllegalStateException("The resource " + path + " is missing");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }
}
