package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxProcessesIT {

    @Test
    void jvmsThatUnpackAtOnceAllGetTheirServer(@TempDir Path cache) throws Exception {
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(ChildJvm.start(cache));
        }
        List<Path> directories = new ArrayList<>();
        for (Process child : children) {
            directories.add(ChildJvm.dataDirectory(child));
        }
        assertThat(directories).doesNotHaveDuplicates().allMatch(Files::isDirectory);
        assertThat(unpacked(cache)).hasSize(1);

        for (Process child : children) {
            child.getOutputStream().close();
            assertThat(child.waitFor()).isZero();
        }
        assertThat(directories).noneMatch(Files::exists);
        assertThat(directories).allMatch(directory -> serverProcesses(directory).isEmpty());
    }

    @Test
    void threadsThatUnpackAtOnceShareOneFolder(@TempDir Path cache) throws Exception {
        PostgresVersion version = PostgresVersion.OLDEST;
        Path jar = PostgresBinaries.jarFolder().resolve(version.major() + ".jar");
        Callable<PostgresBinaries> unpack = () -> PostgresBinaries.unpacked(version, jar, cache);
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (Future<PostgresBinaries> binaries :
                    executor.invokeAll(List.of(unpack, unpack, unpack, unpack))) {
                assertThat(binaries.get().program("postgres")).isExecutable();
            }
        }
        assertThat(unpacked(cache)).hasSize(1);
    }

    @Test
    void aServerDoesNotOutliveItsKilledJvm(@TempDir Path cache) throws Exception {
        Process child = ChildJvm.start(cache);
        Path directory = ChildJvm.dataDirectory(child);
        assertThat(serverProcesses(directory)).hasSizeGreaterThan(4);

        child.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).until(() -> serverProcesses(directory).isEmpty());
        await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(directory));
    }

    private static List<Path> unpacked(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.filter(entry -> Files.isDirectory(entry.resolve("bin"))).toList();
        }
    }

    private static List<Path> serverProcesses(Path directory) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> worksIn(process, directory)).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean worksIn(Path process, Path directory) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
        } catch (IOException e) {
            return false; // not a process, or ended meanwhile
        }
    }
}
