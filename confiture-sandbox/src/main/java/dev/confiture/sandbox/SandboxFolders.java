package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the sandbox keeps its files: a lasting cache, and folders that go with their server. */
final class SandboxFolders {

    /**
     * Whether servers may keep their data in memory. Many databases that come and go are slow on a
     * disk: ext4 passes over the inode of every file deleted in the last seconds, one by one, when
     * it makes a new file.
     */
    private static final boolean IN_MEMORY = Boolean.getBoolean("confiture.sandbox.inMemory");

    private static final Path MEMORY = Path.of("/dev/shm");

    /** What a run of all tests leaves far from full. */
    private static final long ENOUGH_MEMORY = 8L << 30;

    private SandboxFolders() {}

    /** The folder shared by all JVMs of this machine user. */
    static Path cache() {
        String property = System.getProperty(PostgresBinaries.CACHE_PROPERTY);
        if (property != null) {
            return Path.of(property);
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        if (home.isAbsolute() && Files.isWritable(home)) {
            return home.resolve(".cache").resolve("confiture-sandbox");
        }
        // A container's user often has no home.
        String user = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9_-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir")).resolve("confiture-sandbox-" + user);
    }

    /** A new folder that only this user can read; real, without symbolic links in its path. */
    static Path temporary() throws IOException {
        String prefix = "confiture-postgres-";
        Path folder =
                IN_MEMORY && hasEnoughMemory()
                        ? Files.createTempDirectory(MEMORY, prefix)
                        : Files.createTempDirectory(prefix);
        return folder.toRealPath();
    }

    private static boolean hasEnoughMemory() throws IOException {
        return Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_MEMORY;
    }

    /** Copies a folder and all within, with permissions and symbolic links as they are. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Deletes a folder and all within; a file that is already gone is fine. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
