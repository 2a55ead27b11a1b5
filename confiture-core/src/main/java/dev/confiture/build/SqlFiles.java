package dev.confiture.build;

import dev.confiture.environment.Environment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the {@code .sql} files of an environment: the include folders in their order, within each
 * all files in the order of their paths, as {@code LC_ALL=C sort} puts them. A file that two
 * folders lead to counts once. Hidden files, such as an editor's, are left out.
 */
final class SqlFiles {
    private final Environment environment;
    private final Path workingDirectory;
    private final Set<Path> seen = new HashSet<>();

    private SqlFiles(Environment environment, Path workingDirectory) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    static List<SqlFile> of(Environment environment, Path workingDirectory) {
        return new SqlFiles(environment, workingDirectory).read();
    }

    private List<SqlFile> read() {
        if (environment.includeDirs().isEmpty()) {
            throw configuration(
                    where() + " names no folder with SQL files",
                    "Add include_dirs, such as:\ninclude_dirs:\n  - db/schema");
        }
        List<SqlFile> files = new ArrayList<>();
        for (Path folder : environment.includeDirs()) {
            find(folder).values().forEach(path -> files.add(read(path)));
        }
        if (files.isEmpty()) {
            throw configuration(
                    "no .sql file is in "
                            + String.join(
                                    ", ",
                                    environment.includeDirs().stream().map(this::display).toList()),
                    "Check include_dirs and exclude_dirs in " + where() + ".");
        }
        return files;
    }

    /** Real paths by the path within the folder, with {@code /} on every system. */
    private SortedMap<String, Path> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw configuration(
                    "the folder " + display(folder) + " does not exist",
                    "Correct include_dirs in " + where() + ", or create the folder.");
        }
        SortedMap<String, Path> found = new TreeMap<>();
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Collector(folder, found));
        } catch (IOException cause) {
            throw new UncheckedIOException("cannot list " + folder, cause);
        }
        return found;
    }

    private boolean isExcluded(Path path) {
        return environment.excludeDirs().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .anyMatch(folder -> path.toAbsolutePath().normalize().startsWith(folder));
    }

    private SqlFile read(Path path) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException cause) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    "the file " + display(path) + " cannot be read: " + cause,
                    "Check the rights of the file.",
                    cause);
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new SqlFile(display(path), text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException cause) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    "the file " + display(path) + " is not UTF-8",
                    "Convert it, such as with `iconv -f LATIN1 -t UTF-8`.",
                    cause);
        }
    }

    private String display(Path path) {
        return path.startsWith(workingDirectory)
                ? workingDirectory.relativize(path).toString()
                : path.toString();
    }

    private String where() {
        Path file = environment.file();
        return file == null ? "environment " + environment.name() : display(file);
    }

    private static ConfitureException configuration(String message, String hint) {
        return new ConfitureException(ErrorCode.CONFIGURATION, message, hint);
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final SortedMap<String, Path> found;

        Collector(Path folder, SortedMap<String, Path> found) {
            this.folder = folder;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return isExcluded(visited) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String name = file.getFileName().toString();
            if (attributes.isRegularFile()
                    && name.toLowerCase(Locale.ROOT).endsWith(".sql")
                    && !name.startsWith(".")
                    && !isExcluded(file)
                    && seen.add(file.toRealPath())) {
                String within = folder.relativize(file).toString();
                found.put(within.replace(file.getFileSystem().getSeparator(), "/"), file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link that leads back to a folder above it is passed over: its files are known. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
