package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarExtractionTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void unpacksFilesFoldersAndLinks() throws IOException {
        add("bin/", '5', "0755", "", "");
        add("bin/run", '0', "0755", "", "x".repeat(600));
        add("lib/text", '0', "0644", "", "y");
        add("lib/link", '2', "0777", "text", "");
        extract();
        assertThat(folder.resolve("bin/run")).isExecutable().hasContent("x".repeat(600));
        assertThat(Files.isExecutable(folder.resolve("lib/text"))).isFalse();
        assertThat(folder.resolve("lib/link")).isSymbolicLink().hasContent("y");
    }

    @Test
    void takesLongNames() throws IOException {
        String name = "n".repeat(120);
        add("././@LongLink", 'L', "0644", "", name + "\0");
        add("cut", '0', "0644", "", "z");
        extract();
        assertThat(folder.resolve(name)).hasContent("z");
    }

    @Test
    void neverWritesOutsideOfTheFolder() throws IOException {
        add("../outside", '0', "0644", "", "evil");
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class);
        archive.reset();
        add("link", '2', "0777", "../outside", "");
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class);
        assertThat(folder.resolveSibling("outside")).doesNotExist();
    }

    @Test
    void refusesACutArchive() throws IOException {
        add("file", '0', "0644", "", "x".repeat(600));
        byte[] half = Arrays.copyOf(archive.toByteArray(), 700);
        assertThatThrownBy(() -> TarExtraction.extract(new ByteArrayInputStream(half), folder))
                .isInstanceOf(EOFException.class);
    }

    private void extract() throws IOException {
        TarExtraction.extract(new ByteArrayInputStream(archive.toByteArray()), folder);
    }

    private void add(String name, char kind, String mode, String link, String content) {
        byte[] header = new byte[512];
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        put(header, 0, name);
        put(header, 100, mode);
        put(header, 124, "%011o".formatted(bytes.length));
        header[156] = (byte) kind;
        put(header, 157, link);
        put(header, 257, "ustar");
        archive.writeBytes(header);
        archive.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
