package dev.confiture.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Unpacks a ustar archive: regular files, folders and symbolic links, which is all that the
 * PostgreSQL archives hold.
 *
 * <p>Written here rather than taken from a library because the whole format needed is one page,
 * while the library would travel with the product for the sake of its demo.
 */
final class TarExtraction {

    private static final int BLOCK_BYTES = 512;

    private final InputStream input;
    private final Path folder;

    private TarExtraction(InputStream input, Path folder) {
        this.input = input;
        this.folder = folder;
    }

    /** Unpacks everything into an existing folder; never writes outside of it. */
    static void extract(InputStream input, Path folder) throws IOException {
        new TarExtraction(input, folder.toAbsolutePath().normalize()).run();
    }

    private void run() throws IOException {
        byte[] header = new byte[BLOCK_BYTES];
        String longName = "";
        while (readHeader(header)) {
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            long size = octal(header, 124, 12);
            switch (header[156]) {
                case '0', 0 -> writeFile(inside(name), size, (int) octal(header, 100, 8));
                case '2' -> writeLink(inside(name), text(header, 157, 100));
                case '5' -> Files.createDirectories(inside(name));
                case 'L' -> longName = longText(size);
                case 'x', 'g' -> skip(size);
                default ->
                        throw new IOException(
                                "Unknown kind " + (char) header[156] + " of archive entry " + name);
            }
        }
    }

    private boolean readHeader(byte[] header) throws IOException {
        int read = input.readNBytes(header, 0, BLOCK_BYTES);
        if (read != 0 && read != BLOCK_BYTES) {
            throw new EOFException("The archive ends inside a header");
        }
        return read != 0 && header[0] != 0;
    }

    private void writeFile(Path file, long size, int mode) throws IOException {
        Files.createDirectories(parent(file));
        try (OutputStream output = Files.newOutputStream(file)) {
            copy(size, output);
        }
        skipPadding(size);
        if ((mode & 0100) != 0) {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private void writeLink(Path link, String target) throws IOException {
        Files.createDirectories(parent(link));
        Path resolved = parent(link).resolve(target).normalize();
        if (!resolved.startsWith(folder)) {
            throw new IOException("The link " + link + " points outside of the archive: " + target);
        }
        Files.createSymbolicLink(link, Path.of(target));
    }

    private String longText(long size) throws IOException {
        byte[] bytes = input.readNBytes(Math.toIntExact(size));
        skipPadding(size);
        return text(bytes, 0, bytes.length);
    }

    private void skip(long size) throws IOException {
        input.skipNBytes(size);
        skipPadding(size);
    }

    private void copy(long size, OutputStream output) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("The archive ends inside a file");
            }
            output.write(buffer, 0, read);
            left -= read;
        }
    }

    private void skipPadding(long size) throws IOException {
        input.skipNBytes((BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES);
    }

    private Path inside(String name) throws IOException {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("The archive entry points outside of the archive: " + name);
        }
        return path;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? folder : parent;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        boolean isUstar = text(header, 257, 6).equals("ustar");
        return isUstar && !prefix.isEmpty() ? prefix + "/" + name : name;
    }

    private static String text(byte[] bytes, int offset, int limit) {
        int length = 0;
        while (length < limit && bytes[offset + length] != 0) {
            length++;
        }
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int limit) {
        String digits = text(header, offset, limit).trim();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
