package dev.confiture.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of one version, unpacked once per machine user and shared by all JVMs.
 *
 * <p>The jars lie in the folder named by the system property {@value #JARS_PROPERTY}; without it,
 * as in an IDE, the build's folder is looked for upwards of the working directory.
 */
final class PostgresBinaries {

    static final String JARS_PROPERTY = "confiture.sandbox.postgres";
    static final String CACHE_PROPERTY = "confiture.sandbox.cache";

    private static final Path BUILD_FOLDER = Path.of("confiture-sandbox", "target", "postgres");
    private static final Pattern JAR_NAME = Pattern.compile("(\\d+)\\.jar");

    /** File locks are held by the whole JVM, so its own threads need a lock of their own. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** Unpacks the programs unless that was done before; safe between threads and processes. */
    static PostgresBinaries of(PostgresVersion version) {
        Path jar = jarFolder().resolve(version.major() + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new SandboxException("The programs of " + version + " are not at " + jar);
        }
        try {
            return unpacked(version, jar, SandboxFolders.cache());
        } catch (IOException e) {
            throw new SandboxException("Cannot unpack the programs of " + version, e);
        }
    }

    static List<PostgresVersion> availableVersions() {
        try (Stream<Path> files = Files.list(jarFolder())) {
            return files.map(file -> JAR_NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(name -> new PostgresVersion(Integer.parseInt(name.group(1))))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SandboxException("Cannot list the PostgreSQL jars", e);
        }
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    Path folder() {
        return folder;
    }

    static PostgresBinaries unpacked(PostgresVersion version, Path jar, Path cache)
            throws IOException {
        Files.createDirectories(cache);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = archiveOf(zip);
            // The checksum in the name: another build of the same version gets its own folder.
            String name = "postgres-%d-%08x".formatted(version.major(), archive.getCrc());
            Path folder = cache.resolve(name);
            if (!Files.isDirectory(folder)) {
                unpackLocked(zip, archive, cache, name);
            }
            return new PostgresBinaries(folder);
        }
    }

    private static void unpackLocked(ZipFile zip, ZipEntry archive, Path cache, String name)
            throws IOException {
        LOCK.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                cache.resolve(name + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path folder = cache.resolve(name);
            if (lock.isValid() && !Files.isDirectory(folder)) {
                unpack(zip, archive, cache.resolve(name + ".part"), folder);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** The folder appears under its final name only when it is complete. */
    private static void unpack(ZipFile zip, ZipEntry archive, Path part, Path folder)
            throws IOException {
        SandboxFolders.delete(part); // left behind by a process that died half-way
        Files.createDirectories(part);
        try (InputStream raw = zip.getInputStream(archive);
                InputStream input = new XZInputStream(raw)) {
            TarExtraction.extract(input, part);
        }
        try {
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "The cache folder " + part + " lies on an unusable file system", e);
        }
    }

    private static ZipEntry archiveOf(ZipFile zip) throws IOException {
        Optional<? extends ZipEntry> archive =
                zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst();
        return archive.orElseThrow(
                () -> new IOException("No PostgreSQL archive (*.txz) inside " + zip.getName()));
    }

    static Path jarFolder() {
        String property = System.getProperty(JARS_PROPERTY);
        if (property != null) {
            return Path.of(property);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(BUILD_FOLDER);
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new SandboxException(
                "No PostgreSQL programs: the system property "
                        + JARS_PROPERTY
                        + " is not set and no folder above "
                        + start
                        + " holds "
                        + BUILD_FOLDER);
    }
}
