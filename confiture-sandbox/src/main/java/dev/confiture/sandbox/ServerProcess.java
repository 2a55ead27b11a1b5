package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a server: the postmaster and its children.
 *
 * <p>The postmaster is a direct child of this JVM. Its own children each make a session of their
 * own and outlive it for a moment, so they are told by their working directory, which is the data
 * directory for every process of a server and for no other.
 */
final class ServerProcess {

    enum StopMode {
        /** Ends the sessions, writes a checkpoint. */
        FAST,
        /** Ends everything at once; the next start recovers from the log. */
        IMMEDIATE
    }

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final int LINE_OF_STATUS = 7;

    private final UnprivilegedLaunch launch;
    private final PostgresBinaries binaries;
    private final Path dataDirectory;
    private final Process postmaster;

    private ServerProcess(
            UnprivilegedLaunch launch,
            PostgresBinaries binaries,
            Path dataDirectory,
            Process postmaster) {
        this.launch = launch;
        this.binaries = binaries;
        this.dataDirectory = dataDirectory;
        this.postmaster = postmaster;
    }

    /** Starts the server; it need not accept connections yet, see {@link #awaitReady()}. */
    static ServerProcess start(
            UnprivilegedLaunch launch, PostgresBinaries binaries, Path dataDirectory, Path logFile)
            throws IOException {
        ProcessBuilder builder =
                launch.command(
                        binaries.program("postgres"), List.of("-D", dataDirectory.toString()));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        return new ServerProcess(launch, binaries, dataDirectory, builder.start());
    }

    boolean isAlive() {
        return postmaster.isAlive();
    }

    /** Returns whether the server became ready; false when it ended instead. */
    boolean awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new SandboxException("The server is not ready after " + START_TIMEOUT);
            }
            if (postmaster.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** The postmaster itself writes its state into the lock file; pg_ctl reads the same line. */
    private boolean isReady() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return false;
        }
        return lines.size() > LINE_OF_STATUS
                && lines.getFirst().equals(String.valueOf(postmaster.pid()))
                && lines.get(LINE_OF_STATUS).strip().equals("ready");
    }

    void stop(StopMode mode, Path outputFile) throws IOException, InterruptedException {
        if (postmaster.isAlive()) {
            launch.run(
                    binaries.program("pg_ctl"),
                    List.of(
                            "stop",
                            "-D",
                            dataDirectory.toString(),
                            "-m",
                            mode.name().toLowerCase(Locale.ROOT),
                            "--no-wait"),
                    outputFile);
        }
        boolean ended = postmaster.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        kill(); // whoever is left, such as a child that hangs
        if (!ended) {
            throw new SandboxException("The server did not stop within " + STOP_TIMEOUT);
        }
    }

    /** SIGKILL to the postmaster and all of its children; returns when none of them is left. */
    void kill() throws IOException, InterruptedException {
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        // Again, for a child that was born while the list was made.
        Set<Long> survivors = survivors(children);
        while (!survivors.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new SandboxException("These processes cannot be killed: " + survivors);
            }
            survivors.forEach(
                    pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            // Nobody tells about the end of a process that is not our child.
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            survivors = survivors(children);
        }
        postmaster.waitFor();
    }

    /** The processes of this run that still live, by their ids. */
    Set<Long> processIds() throws IOException {
        return survivors(postmaster.descendants().toList());
    }

    private Set<Long> survivors(List<ProcessHandle> knownChildren) throws IOException {
        Path processes = Path.of("/proc");
        if (Files.isDirectory(processes.resolve("self"))) {
            try (Stream<Path> folders = Files.list(processes)) {
                return folders.filter(this::worksInDataDirectory)
                        .map(folder -> Long.valueOf(String.valueOf(folder.getFileName())))
                        .collect(Collectors.toSet());
            }
        }
        Set<Long> alive = new HashSet<>();
        Stream.concat(Stream.of(postmaster.toHandle()), knownChildren.stream())
                .filter(ProcessHandle::isAlive)
                .forEach(handle -> alive.add(handle.pid()));
        return alive;
    }

    private boolean worksInDataDirectory(Path processFolder) {
        if (!String.valueOf(processFolder.getFileName()).matches("\\d+")) {
            return false;
        }
        try {
            return Files.readSymbolicLink(processFolder.resolve("cwd")).equals(dataDirectory);
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's
        }
    }
}
